/// A JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12), compiled for checking.
///
/// Every keyword of the core, applicator, unevaluated and validation vocabularies is checked. `format`, content keywords
/// and unknown ones are annotations and check nothing, as the draft says. References lead to places in the schema itself,
/// never to the network. See ``SchemaPattern`` for what of regular expressions is known.
///
/// Both the schema and the work for one value are bounded.
public struct JSONSchema: Sendable {
    let nodes: [SchemaNode]
    let root: SchemaNode.Position
    /// By resource, then by name.
    let dynamicAnchors: [[String: SchemaNode.Position]]
    /// Whether some part must know what others looked at: without it nobody keeps account.
    let tracksEvaluation: Bool

    /// - Throws: what in the schema is wrong, or beyond what can be checked.
    public init(_ schema: JSONValue) throws(JSONSchemaError) {
        var compiler = SchemaCompiler(schema)
        root = try compiler.run()
        nodes = try compiler.finish()
        dynamicAnchors = compiler.dynamicAnchors
        tracksEvaluation = compiler.tracksEvaluation
    }

    /// What is wrong with a value; empty when it satisfies the schema. At most ten violations are told.
    public func violations(in value: JSONValue) -> [SchemaViolation] {
        var check = SchemaCheck(self)
        check.run(value)
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
