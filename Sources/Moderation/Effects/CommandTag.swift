public import Contracts

/// A command's id in the form that Discord keeps: the nonce of a message and the mark in an audit-log reason.
///
/// 25 digits of base 36 hold 128 bits, and a nonce has at most 25 characters.
/// Source: <https://discord.com/developers/docs/resources/message#create-message>
public struct CommandTag: Hashable, Sendable, CustomStringConvertible {
    /// Of every tag, in characters.
    public static let length = 25

    /// Digits and small letters.
    public let text: String

    /// The same id gives the same tag.
    public init(_ id: MessageID) {
        let digits = String(UInt128(id.high) << 64 | UInt128(id.low), radix: 36)
        text = String(repeating: "0", count: Self.length - digits.count) + digits
    }

    public var description: String { text }

    /// What Discord's audit log shows: the caller's reason, then the command. The mark survives, the reason is cut.
    public func auditReason(_ reason: String) -> String {
        let mark = "[cmd \(text)]"
        guard !reason.isEmpty else { return mark }
        let room = DiscordLimits.auditReason - mark.unicodeScalars.count - 1
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: reason.unicodeScalars.prefix(room))
        return String(kept) + " " + mark
    }

    /// Whether an entry of Discord's audit log is this command's.
    public func marks(_ auditReason: String?) -> Bool {
        auditReason?.contains("[cmd \(text)]") ?? false
    }
}
