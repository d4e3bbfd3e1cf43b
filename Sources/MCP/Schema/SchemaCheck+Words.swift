/// How violations are told.
extension SchemaCheck {
    static func expectation(_ rules: SchemaRules) -> String {
        if rules.types == [.string], let pattern = rules.string?.pattern { return pattern.phrase }
        return rules.types.map(\.phrase).joined(separator: " or ")
    }

    static func text(_ path: [PathStep]) -> String {
        var text = ""
        for step in path {
            switch step {
            case .member(let name): text += text.isEmpty ? shortened(name) : "." + shortened(name)
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }

    static func describe(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    static func text(_ value: JSONValue) -> String {
        String(decoding: value.encoded(), as: UTF8.self)
    }

    /// Member names come from the caller and may be as long as the body.
    private static func shortened(_ name: String) -> String {
        name.unicodeScalars.count <= 64 ? name : String(name.prefix(64)) + "…"
    }
}

extension JSONNumber {
    /// Exact for whole numbers; else within what doubles can tell apart.
    func isMultiple(of divisor: JSONNumber) -> Bool {
        if let value = integer, let divisor = divisor.integer, divisor != 0 { return value % divisor == 0 }
        let quotient = double / divisor.double
        guard quotient.isFinite else { return false }
        let nearest = quotient.rounded()
        return abs(quotient - nearest) <= nearest.magnitude.ulp
    }
}
