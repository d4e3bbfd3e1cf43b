import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The headers of a modern request that repeat parts of its body.
///
/// A gateway in front of us may have decided by them, so a request whose headers say anything else than its body is
/// refused.
struct MirroredHeaders: Sendable {
    private static let parameterPrefix = "mcp-param-"
    private let values: [String: String]

    /// - Throws: when one of them occurs twice.
    init(_ fields: HTTPFields) throws(RPCError) {
        var values: [String: String] = [:]
        for field in fields {
            let name = field.name.canonicalName
            guard Self.isMirrored(name) else { continue }
            guard values.updateValue(field.value, forKey: name) == nil else {
                throw .headerMismatch("The header \(field.name) occurs more than once")
            }
        }
        self.values = values
    }

    /// Checks the headers that every request has, and `Mcp-Name`.
    func check(version: String, request: RPCRequest) throws(RPCError) {
        try match(.mcpProtocolVersion, version)
        try match(.mcpMethod, request.method)
        guard let parameter = RPCMethod(rawValue: request.method)?.mirroredParameter else { return }
        guard let named = request.params[parameter]?.string else {
            guard values[HTTPField.Name.mcpName.canonicalName] == nil else {
                throw .headerMismatch("The header Mcp-Name is present, params.\(parameter) is not")
            }
            return
        }
        guard try decoded(HTTPField.Name.mcpName.canonicalName) == named else {
            throw .headerMismatch("The header Mcp-Name must be present and equal to params.\(parameter)")
        }
    }

    /// Checks `Mcp-Param-...` headers. Those that no parameter asks for are ignored.
    func check(_ parameters: [HeaderParameter], arguments: JSONObject) throws(RPCError) {
        for parameter in parameters {
            switch (try decoded(parameter.header), parameter.argument(in: arguments)) {
            case (nil, nil): break
            case (let text?, let argument?) where HeaderParameter.matches(text, argument): break
            default:
                let path = parameter.path.joined(separator: ".")
                throw .headerMismatch(
                    "The header \(parameter.header) must be equal to the argument \(path), and absent when that is"
                )
            }
        }
    }

    private func match(_ name: HTTPField.Name, _ expected: String) throws(RPCError) {
        guard values[name.canonicalName].map(Self.trimmed) == expected else {
            throw .headerMismatch("The header \(name) must be present and equal to what the body says")
        }
    }

    /// The value, decoded when it has both marks of the base64 form.
    private func decoded(_ name: String) throws(RPCError) -> String? {
        guard let value = values[name].map(Self.trimmed) else { return nil }
        let (start, end) = ("=?base64?", "?=")
        guard value.hasPrefix(start), value.hasSuffix(end), value.utf8.count >= start.utf8.count + end.utf8.count
        else { return value }
        guard let data = Data(base64Encoded: String(value.dropFirst(start.count).dropLast(end.count))),
            let text = String(validating: data, as: UTF8.self)
        else { throw .headerMismatch("The header \(name) is not valid base64 of UTF-8") }
        return text
    }

    private static func isMirrored(_ name: String) -> Bool {
        guard name.hasPrefix("mcp-") else { return false }
        switch name {
        case "mcp-protocol-version", "mcp-method", "mcp-name": return true
        default: return name.hasPrefix(parameterPrefix)
        }
    }

    private static func trimmed(_ value: String) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = value.first, let last = value.last, isBlank(first) || isBlank(last) else { return value }
        return String(value.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
