/// Recognises a message's content again without keeping it: a crash leaves no text of a message in the ledger.
///
/// 64-bit FNV-1a over the content without surrounding white space, which Discord strips. Good for telling one's own
/// recent messages apart, not against someone who looks for collisions.
public struct ContentFingerprint: Hashable, Sendable, Codable {
    private let hash: UInt64
    private let length: Int

    /// Nothing but white space: the message is made of embeds, and this does not tell it from another.
    var isEmpty: Bool { length == 0 }

    /// Of a message's content, as sent or as Discord gives it back.
    public init(_ content: String) {
        let scalars = content.unicodeScalars
        let start = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let end = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:)) ?? start
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in content[start..<end].utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        self.hash = hash
        length = content[start..<end].utf8.count
    }
}
