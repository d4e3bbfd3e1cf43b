/// The reason that Discord's audit log shows for a change.
/// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object>
public struct AuditLogReason: Hashable, Sendable {
    /// Discord refuses longer ones.
    public static let maximumLength = 512

    /// At most 512 Unicode scalars; nothing is cut inside a character.
    public let text: String

    /// Nil when nothing but white space is left.
    public init?(_ text: some StringProtocol) {
        var kept = ""
        var length = 0
        for character in text.drop(while: \.isWhitespace) {
            length += character.unicodeScalars.count
            guard length <= Self.maximumLength else { break }
            kept.append(character)
        }
        guard !kept.isEmpty else { return nil }
        self.text = kept
    }

    /// The value of `X-Audit-Log-Reason`: UTF-8, percent-encoded.
    var headerValue: String { text.percentEncoded }
}

extension String {
    /// All but RFC 3986's unreserved characters as `%XX`.
    var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
