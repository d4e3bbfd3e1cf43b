/// One check of a value against a schema: collects violations, with the path to each.
struct SchemaCheck {
    static let maximumViolations = 10
    /// Schemas applied to values. A value that needs more is refused: it was made to cost time.
    private static let maximumSteps = 200_000
    private static let maximumDepth = 256

    private let schema: JSONSchema
    private(set) var violations: [SchemaViolation] = []
    private var path: [PathStep] = []
    private var steps = 0
    private var depth = 0
    /// Resources that the check is in, outermost first: where dynamic references look.
    private var scope: [Int] = []
    /// Alternatives are tried in silence: only whether there is a violation counts.
    private var isSilent = false
    private var hasFailed = false
    /// The value was given up: then it is wrong, whatever the alternatives around would make of it.
    private var isGivenUp = false

    enum PathStep {
        case member(String)
        case element(Int)
    }

    init(_ schema: JSONSchema) {
        self.schema = schema
    }

    mutating func run(_ value: JSONValue) {
        _ = check(value, against: schema.root)
        if isGivenUp { violations = [SchemaViolation(path: "", message: "is too complex to be checked")] }
    }

    /// - Returns: what of the value was looked at, when the schema has somebody who wants to know.
    private mutating func check(_ value: JSONValue, against position: SchemaNode.Position) -> Evaluated {
        steps += 1
        guard !isGivenUp, steps <= Self.maximumSteps, depth < Self.maximumDepth else {
            isGivenUp = true
            return .nothing
        }
        // The rest could only say more of the same.
        guard !(isSilent && hasFailed), violations.count < Self.maximumViolations else { return .nothing }
        let node = schema.nodes[position]
        if let constant = node.constant {
            if !constant { report("is not allowed") }
            return .nothing
        }
        depth += 1
        defer { depth -= 1 }
        let entersResource = scope.last != node.rules.resource
        if entersResource { scope.append(node.rules.resource) }
        defer { if entersResource { scope.removeLast() } }
        return check(value, node)
    }

    private mutating func check(_ value: JSONValue, _ node: SchemaNode) -> Evaluated {
        var evaluated = Evaluated.nothing
        if let reference = node.rules.reference { evaluated.add(check(value, against: reference)) }
        if let dynamic = node.rules.dynamicReference {
            evaluated.add(check(value, against: target(of: dynamic)))
        }
        guard node.rules.types.isEmpty || node.rules.types.contains(where: { $0.includes(value) }) else {
            report("expected \(Self.expectation(node.rules)), not \(Self.describe(value))")
            return evaluated
        }
        if let constant = node.rules.constant, constant != value { report("expected \(Self.text(constant))") }
        if let enumeration = node.rules.enumeration, !enumeration.contains(value) {
            report("expected one of \(enumeration.prefix(50).map(Self.text).joined(separator: ", "))")
        }
        switch value {
        case .number(let number): if let rules = node.rules.number { check(number, rules) }
        case .string(let string): if let rules = node.rules.string { check(string, rules) }
        case .array(let elements): if let rules = node.rules.array { check(elements, rules, &evaluated) }
        case .object(let object): if let rules = node.rules.object { check(object, rules, &evaluated) }
        case .null, .bool: break
        }
        if let rules = node.rules.combined { check(value, rules, &evaluated) }
        checkUnevaluated(value, node, &evaluated)
        return evaluated
    }

    private mutating func check(_ number: JSONNumber, _ rules: NumberRules) {
        if let minimum = rules.minimum, number < minimum { report("must be at least \(minimum.text)") }
        if let maximum = rules.maximum, maximum < number { report("must be at most \(maximum.text)") }
        if let bound = rules.exclusiveMinimum, !(bound < number) { report("must be more than \(bound.text)") }
        if let bound = rules.exclusiveMaximum, !(number < bound) { report("must be less than \(bound.text)") }
        if let divisor = rules.multipleOf, !number.isMultiple(of: divisor) {
            report("must be a multiple of \(divisor.text)")
        }
    }

    /// Lengths are counted in Unicode scalars, as JSON Schema says.
    private mutating func check(_ string: String, _ rules: StringRules) {
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

    // MARK: - Arrays

    private mutating func check(_ elements: [JSONValue], _ rules: ArrayRules, _ evaluated: inout Evaluated) {
        if let minimum = rules.minItems, elements.count < minimum { report("must have at least \(minimum) elements") }
        if let maximum = rules.maxItems, elements.count > maximum { report("must have at most \(maximum) elements") }
        if rules.uniqueItems, Set(elements).count < elements.count { report("must not have an element twice") }
        for (index, position) in rules.prefix.enumerated() where index < elements.count {
            check(elements[index], at: index, against: position)
        }
        evaluated.elements = max(evaluated.elements, min(rules.prefix.count, elements.count))
        if let items = rules.items {
            for index in rules.prefix.count..<max(rules.prefix.count, elements.count) {
                check(elements[index], at: index, against: items)
            }
            evaluated.elements = elements.count
        }
        guard let contains = rules.contains else { return }
        let fitting = elements.indices.filter { satisfies(elements[$0], contains) != nil }
        if schema.tracksEvaluation { evaluated.furtherElements.formUnion(fitting) }
        let minimum = rules.minContains ?? 1
        if fitting.count < minimum { report("must contain at least \(minimum) fitting elements") }
        if let maximum = rules.maxContains, fitting.count > maximum {
            report("must contain at most \(maximum) fitting elements")
        }
    }

    private mutating func check(_ element: JSONValue, at index: Int, against position: SchemaNode.Position) {
        path.append(.element(index))
        _ = check(element, against: position)
        path.removeLast()
    }

    // MARK: - Objects

    private mutating func check(_ object: JSONObject, _ rules: ObjectRules, _ evaluated: inout Evaluated) {
        for name in rules.required where object.member(name) == nil {
            report("is required", at: .member(name))
        }
        let count = object.members.count
        if let minimum = rules.minProperties, count < minimum { report("must have at least \(minimum) members") }
        if let maximum = rules.maxProperties, count > maximum { report("must have at most \(maximum) members") }
        for member in object.members { check(member, rules, &evaluated) }
        for (name, required) in rules.dependentRequired where object.member(name) != nil {
            for needed in required where object.member(needed) == nil {
                report("is required together with \(name)", at: .member(needed))
            }
        }
        for (name, position) in rules.dependentSchemas where object.member(name) != nil {
            evaluated.add(check(.object(object), against: position))
        }
    }

    private mutating func check(_ member: JSONObject.Member, _ rules: ObjectRules, _ evaluated: inout Evaluated) {
        path.append(.member(member.name))
        defer { path.removeLast() }
        var isKnown = false
        if let property = rules.properties.first(where: { $0.name == member.name }) {
            isKnown = true
            _ = check(member.value, against: property.schema)
        }
        for (pattern, position) in rules.patterns where pattern.matches(member.name) {
            isKnown = true
            _ = check(member.value, against: position)
        }
        if !isKnown, let additional = rules.additional {
            isKnown = true
            if schema.nodes[additional].constant == false {
                reportUnknown(rules)
            } else {
                _ = check(member.value, against: additional)
            }
        }
        if let names = rules.names, satisfies(.string(member.name), names) == nil {
            report("has a name that is not allowed")
        }
        if isKnown, schema.tracksEvaluation { evaluated.members.insert(member.name) }
    }

    private mutating func reportUnknown(_ rules: ObjectRules) {
        let known = rules.properties.map(\.name).joined(separator: ", ")
        report(known.isEmpty ? "is unknown; there are no arguments" : "is unknown; known are \(known)")
    }

    // MARK: - Combinations

    private mutating func check(_ value: JSONValue, _ rules: CombinedRules, _ evaluated: inout Evaluated) {
        for position in rules.allOf { evaluated.add(check(value, against: position)) }
        if !rules.anyOf.isEmpty {
            var fits = false
            // The first that fits decides, unless somebody wants to know what all of them looked at.
            for position in rules.anyOf where !fits || schema.tracksEvaluation {
                guard let looked = satisfies(value, position) else { continue }
                fits = true
                evaluated.add(looked)
            }
            if !fits { report("fits none of the allowed forms") }
        }
        if !rules.oneOf.isEmpty {
            let fitting = rules.oneOf.compactMap { satisfies(value, $0) }
            if fitting.count != 1 {
                report(fitting.isEmpty ? "fits none of the allowed forms" : "fits more than one of the allowed forms")
            }
            if let looked = fitting.first { evaluated.add(looked) }
        }
        if let not = rules.not, satisfies(value, not) != nil { report("has a form that is not allowed") }
        guard let condition = rules.condition else { return }
        if let looked = satisfies(value, condition) {
            evaluated.add(looked)
            if let then = rules.then { evaluated.add(check(value, against: then)) }
        } else if let otherwise = rules.otherwise {
            evaluated.add(check(value, against: otherwise))
        }
    }

    private mutating func checkUnevaluated(_ value: JSONValue, _ node: SchemaNode, _ evaluated: inout Evaluated) {
        switch value {
        case .array(let elements):
            guard let position = node.rules.array?.unevaluated else { return }
            for index in elements.indices
            where index >= evaluated.elements && !evaluated.furtherElements.contains(index) {
                check(elements[index], at: index, against: position)
            }
            evaluated.elements = elements.count
        case .object(let object):
            guard let position = node.rules.object?.unevaluated else { return }
            for member in object.members where !evaluated.members.contains(member.name) {
                path.append(.member(member.name))
                _ = check(member.value, against: position)
                path.removeLast()
                evaluated.members.insert(member.name)
            }
        case .null, .bool, .number, .string: break
        }
    }

    /// Tries a schema without telling what is wrong.
    /// - Returns: nil when the value does not satisfy it, else what was looked at.
    private mutating func satisfies(_ value: JSONValue, _ position: SchemaNode.Position) -> Evaluated? {
        let outer = (isSilent, hasFailed)
        (isSilent, hasFailed) = (true, false)
        defer { (isSilent, hasFailed) = outer }
        let evaluated = check(value, against: position)
        return hasFailed ? nil : evaluated
    }

    /// The outermost resource with an anchor of that name decides.
    private func target(of dynamic: (anchor: String, position: SchemaNode.Position)) -> SchemaNode.Position {
        guard !dynamic.anchor.isEmpty else { return dynamic.position }
        return scope.lazy.compactMap { schema.dynamicAnchors[$0][dynamic.anchor] }.first ?? dynamic.position
    }

    private mutating func report(_ message: @autoclosure () -> String, at step: PathStep? = nil) {
        hasFailed = true
        guard !isSilent, violations.count < Self.maximumViolations else { return }
        violations.append(SchemaViolation(path: Self.text(path + (step.map { [$0] } ?? [])), message: message()))
    }
}

/// What of an array or object was looked at by some part of a schema.
struct Evaluated {
    static let nothing = Evaluated()

    var members: Set<String> = []
    /// All before this.
    var elements = 0
    var furtherElements: Set<Int> = []

    mutating func add(_ other: Evaluated) {
        if !other.members.isEmpty { members.formUnion(other.members) }
        elements = max(elements, other.elements)
        if !other.furtherElements.isEmpty { furtherElements.formUnion(other.furtherElements) }
    }
}
