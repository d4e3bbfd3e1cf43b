/// One check of a value against a schema: collects violations, with the path to each.
struct SchemaCheck {
    static let maximumViolations = 10

    private(set) var violations: [SchemaViolation] = []
    private var path: [PathStep] = []

    private enum PathStep {
        case member(String)
        case element(Int)
    }

    mutating func check(_ value: JSONValue, against schema: SchemaNode) {
        guard violations.count < Self.maximumViolations else { return }
        switch schema {
        case .constant(true): break
        case .constant(false): report("is not allowed")
        case .rules(let rules): check(value, against: rules)
        }
    }

    private mutating func check(_ value: JSONValue, against rules: SchemaRules) {
        guard rules.types.isEmpty || rules.types.contains(where: { $0.includes(value) }) else {
            return report("expected \(expectation(rules)), not \(Self.describe(value))")
        }
        if let constant = rules.constant, constant != value {
            report("expected \(Self.text(constant))")
        }
        if let enumeration = rules.enumeration, !enumeration.contains(value) {
            report("expected one of \(enumeration.map(Self.text).joined(separator: ", "))")
        }
        switch value {
        case .number(let number): check(number, against: rules)
        case .string(let string): check(string, against: rules)
        case .array(let elements): check(elements, against: rules)
        case .object(let object): check(object, against: rules)
        case .null, .bool: break
        }
        for schema in rules.allOf { check(value, against: schema) }
        checkAlternatives(value, rules)
    }

    private mutating func check(_ number: JSONNumber, against rules: SchemaRules) {
        if let minimum = rules.minimum, number < minimum { report("must be at least \(minimum.text)") }
        if let maximum = rules.maximum, maximum < number { report("must be at most \(maximum.text)") }
        if let bound = rules.exclusiveMinimum, !(bound < number) { report("must be more than \(bound.text)") }
        if let bound = rules.exclusiveMaximum, !(number < bound) { report("must be less than \(bound.text)") }
    }

    /// Lengths are counted in Unicode scalars, as JSON Schema says.
    private mutating func check(_ string: String, against rules: SchemaRules) {
        if rules.minLength != nil || rules.maxLength != nil {
            let length = string.unicodeScalars.count
            if let minimum = rules.minLength, length < minimum {
                report(minimum == 1 ? "must not be empty" : "must have at least \(minimum) characters")
            }
            if let maximum = rules.maxLength, length > maximum {
                report("must have at most \(maximum) characters, has \(length)")
            }
        }
        if let pattern = rules.pattern, !pattern.matches(string) {
            report("expected \(pattern.phrase)")
        }
    }

    private mutating func check(_ elements: [JSONValue], against rules: SchemaRules) {
        if let minimum = rules.minItems, elements.count < minimum { report("must have at least \(minimum) elements") }
        if let maximum = rules.maxItems, elements.count > maximum { report("must have at most \(maximum) elements") }
        if rules.uniqueItems, Set(elements).count < elements.count { report("must not have an element twice") }
        guard let items = rules.items else { return }
        for (index, element) in elements.enumerated() {
            path.append(.element(index))
            check(element, against: items)
            path.removeLast()
        }
    }

    private mutating func check(_ object: JSONObject, against rules: SchemaRules) {
        for name in rules.required where object[name] == nil {
            report("is required", at: .member(name))
        }
        for member in object.members {
            let property = rules.properties.first { $0.name == member.name }
            guard let schema = property?.schema ?? rules.additionalProperties else { continue }
            path.append(.member(member.name))
            if property == nil, case .constant(false) = schema {
                let known = rules.properties.map(\.name).joined(separator: ", ")
                report(known.isEmpty ? "is unknown; there are no arguments" : "is unknown; known are \(known)")
            } else {
                check(member.value, against: schema)
            }
            path.removeLast()
        }
    }

    private mutating func checkAlternatives(_ value: JSONValue, _ rules: SchemaRules) {
        if !rules.anyOf.isEmpty, !rules.anyOf.contains(where: { Self.satisfies(value, $0) }) {
            report("fits none of the allowed forms")
        }
        if !rules.oneOf.isEmpty {
            let fitting = rules.oneOf.count { Self.satisfies(value, $0) }
            if fitting != 1 {
                report(fitting == 0 ? "fits none of the allowed forms" : "fits more than one of the allowed forms")
            }
        }
    }

    private static func satisfies(_ value: JSONValue, _ schema: SchemaNode) -> Bool {
        var check = SchemaCheck()
        check.check(value, against: schema)
        return check.violations.isEmpty
    }

    private func expectation(_ rules: SchemaRules) -> String {
        if rules.types == [.string], let pattern = rules.pattern { return pattern.phrase }
        return rules.types.map(\.phrase).joined(separator: " or ")
    }

    private mutating func report(_ message: String, at step: PathStep? = nil) {
        guard violations.count < Self.maximumViolations else { return }
        var text = ""
        for step in path + (step.map { [$0] } ?? []) {
            switch step {
            case .member(let name): text += text.isEmpty ? Self.shortened(name) : "." + Self.shortened(name)
            case .element(let index): text += "[\(index)]"
            }
        }
        violations.append(SchemaViolation(path: text, message: message))
    }

    private static func describe(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    private static func text(_ value: JSONValue) -> String {
        String(decoding: value.encoded(), as: UTF8.self)
    }

    /// Member names come from the caller and may be as long as the body.
    private static func shortened(_ name: String) -> String {
        name.unicodeScalars.count <= 64 ? name : String(name.prefix(64)) + "…"
    }
}
