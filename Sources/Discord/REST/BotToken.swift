/// A bot token. Its text forms never show it, so that it cannot end in a log or an error by accident.
public struct BotToken: Hashable, Sendable {
    let secret: String

    /// Takes the token as operators paste it: spaces around it and a leading `Bot ` are dropped. Nil when nothing is
    /// left, or when it holds anything but printable ASCII.
    public init?(_ text: some StringProtocol) {
        var token = text.drop(while: \.isWhitespace)
        if token.hasPrefix("Bot ") { token = token.dropFirst(4).drop(while: \.isWhitespace) }
        while let last = token.last, last.isWhitespace { token = token.dropLast() }
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        secret = String(token)
    }
}

extension BotToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "BotToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
