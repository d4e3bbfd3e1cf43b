/// A property of a tool's arguments that clients repeat in an `Mcp-Param-...` header (`x-mcp-header` in the schema), so
/// that a gateway in front of us can route and limit by it.
struct HeaderParameter: Sendable {
    /// From the arguments down.
    let path: [String]
    /// The header's whole name, lower case.
    let header: String

    /// All of a tool's schema, checked: a client drops a tool whose annotation is wrong.
    static func all(in schema: JSONValue) throws(JSONSchemaError) -> [HeaderParameter] {
        var found: [HeaderParameter] = []
        try collect(schema, path: [], reachable: true, into: &found)
        return found
    }

    private static func collect(
        _ schema: JSONValue,
        path: [String],
        reachable: Bool,
        into found: inout [HeaderParameter]
    ) throws(JSONSchemaError) {
        guard let object = schema.object else { return }
        if let annotation = object["x-mcp-header"] {
            guard let name = annotation.string, !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
                throw JSONSchemaError(path: path, reason: "x-mcp-header must be a token of RFC 9110")
            }
            guard reachable, !path.isEmpty else {
                throw JSONSchemaError(path: path, reason: "x-mcp-header must be reachable through properties alone")
            }
            guard ["string", "integer", "boolean"].contains(object["type"]?.string) else {
                throw JSONSchemaError(path: path, reason: "x-mcp-header is for strings, integers and booleans")
            }
            let header = "mcp-param-" + name.lowercased()
            guard !found.contains(where: { $0.header == header }) else {
                throw JSONSchemaError(path: path, reason: "x-mcp-header \(name) is used twice")
            }
            found.append(HeaderParameter(path: path, header: header))
        }
        for property in object["properties"]?.object?.members ?? [] {
            try collect(property.value, path: path + [property.name], reachable: reachable, into: &found)
        }
        for member in object.members where !plainValues.contains(member.name) {
            for nested in member.value.array ?? [member.value] {
                try collect(nested, path: path + [member.name], reachable: false, into: &found)
            }
        }
    }

    /// Keywords that hold no further schemas, or whose schemas are reachable.
    private static let plainValues: Set<String> = [
        "properties", "const", "enum", "default", "examples", "x-mcp-header",
    ]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// The argument that the header repeats; nil when it is absent or null.
    func argument(in arguments: JSONObject) -> JSONValue? {
        var value = JSONValue.object(arguments)
        for name in path {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value.isNull ? nil : value
    }

    /// Whether a header's text says the same as the argument. Whole numbers are compared as numbers: `42.0` is `42`.
    static func matches(_ text: String, _ argument: JSONValue) -> Bool {
        switch argument {
        case .string(let value): text == value
        case .bool(let value): text == (value ? "true" : "false")
        case .number(let value):
            if case .number(let number)? = try? JSONReader.read(Array(text.utf8)) { number == value } else { false }
        case .null, .array, .object: false
        }
    }
}
