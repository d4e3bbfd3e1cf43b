/// The JSON of an error answer.
/// Source: <https://discord.com/developers/docs/reference#error-messages>
struct DiscordErrorBody: Sendable, Decodable {
    var code: Int?
    var message: String?
    var errors: JSONValue?
    /// Seconds; of a 429.
    var retryAfter: Double?
    var global: Bool?

    enum CodingKeys: String, CodingKey {
        case code, message, errors, global
        case retryAfter = "retry_after"
    }

    static let maximumFormErrors = 10

    /// The tree of form errors as one line each: `embeds.0.title: CODE message`.
    var formErrors: [String] {
        var lines: [String] = []
        func walk(_ value: JSONValue, _ path: [String]) {
            guard case .object(let members) = value else { return }
            if case .array(let leaves)? = members["_errors"] {
                for leaf in leaves {
                    let text = [leaf["code"]?.string, leaf["message"]?.string].compactMap { $0 }
                    let line = text.joined(separator: " ")
                    lines.append(path.isEmpty ? line : "\(path.joined(separator: ".")): \(line)")
                }
            }
            for (name, child) in members.sorted(by: { $0.key < $1.key }) where name != "_errors" {
                walk(child, path + [name])
            }
        }
        if let errors { walk(errors, []) }
        return Array(lines.prefix(Self.maximumFormErrors))
    }
}
