/// A schema that we cannot check arguments against.
public struct JSONSchemaError: Error, Hashable, CustomStringConvertible {
    /// Where in the schema, as member names from its root.
    public let path: [String]
    public let reason: String

    public var description: String {
        path.isEmpty ? reason : "\(path.joined(separator: "/")): \(reason)"
    }
}
