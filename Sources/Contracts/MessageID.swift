/// Names one bus request, and so one command: UUID version 7, or version 8 when derived from an idempotency key.
public struct MessageID: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A fresh UUIDv7: 48 bits of time, 74 random bits.
    public static func make(
        unixMilliseconds: Int64,
        using random: inout some RandomNumberGenerator
    ) -> MessageID {
        let time = UInt64(truncatingIfNeeded: unixMilliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &random)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &random)
        return MessageID(high: high, low: low)
    }

    /// The id that a digest (at least 16 bytes) stands for: the same digest gives the same id.
    public init(digest: some Collection<UInt8>) {
        precondition(digest.count >= 16, "a digest of at least 16 bytes")
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in digest.prefix(16).enumerated() {
            if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
        }
        high = words.0 & ~0xF000 | 0x8000
        low = words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// 16 bytes, big endian.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
    }
}

extension MessageID: CustomStringConvertible {
    /// The usual form: 8-4-4-4-12 lower-case hex digits.
    public var description: String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(contentsOf: String(byte >> 4, radix: 16))
            text.append(contentsOf: String(byte & 0xF, radix: 16))
        }
        return text
    }
}
