/// A JSON Schema (2020-12), compiled for checking.
///
/// The keywords that are checked: `type`, `properties`, `required`, `additionalProperties`, `enum`, `const`,
/// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `minLength`, `maxLength`, `pattern` (see
/// ``SchemaPattern``), `items`, `minItems`, `maxItems`, `uniqueItems`, `oneOf`, `anyOf`, `allOf`. Annotations, `format`
/// and `x-...` are ignored. Every other keyword is refused: a schema is never checked in part.
public struct JSONSchema: Sendable {
    let root: SchemaNode

    /// - Throws: what in the schema cannot be checked.
    public init(_ schema: JSONValue) throws(JSONSchemaError) {
        var compiler = SchemaCompiler()
        root = try compiler.compile(schema)
    }

    /// What is wrong with a value; empty when it satisfies the schema. At most ten violations are told.
    public func violations(in value: JSONValue) -> [SchemaViolation] {
        var check = SchemaCheck()
        check.check(value, against: root)
        return check.violations
    }
}

/// One thing that is wrong with a value.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// Where in the value: `embeds[2].title`; empty for the value itself.
    public let path: String
    /// What is wrong, and what would be right.
    public let message: String

    public var description: String {
        path.isEmpty ? message : "\(path): \(message)"
    }
}
