import Testing

@testable import DiscordSandbox

@Suite struct TransportFramingTests {
    static let payloads: [[UInt8]] = [
        Array(#"{"op":10}"#.utf8), [UInt8](repeating: 65, count: 200_000), Array("läng".utf8),
    ]

    @Test func zlibIsOneStreamOfStoredBlocksWithAFlushAfterEachMessage() {
        var framing = TransportFraming(.zlibStream)
        var stream: [UInt8] = []
        for payload in Self.payloads {
            let frame = framing.frame(payload)
            #expect(frame.suffix(4) == [0x00, 0x00, 0xFF, 0xFF])
            stream += frame
        }
        #expect((Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0)
        #expect(Self.stored(stream.dropFirst(2)) == Self.payloads.flatMap { $0 })
    }

    /// Reads RFC 1951 stored blocks; nil when a length and its complement differ.
    private static func stored(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = bytes
        var result: [UInt8] = []
        while rest.count >= 5 {
            let head = Array(rest.prefix(5))
            let length = Int(head[1]) | Int(head[2]) << 8
            guard head[0] == 0, length ^ 0xFFFF == Int(head[3]) | Int(head[4]) << 8 else { return nil }
            result += rest.dropFirst(5).prefix(length)
            rest = rest.dropFirst(5 + length)
        }
        return result
    }

    @Test func zstdIsOneFrameOfRawBlocks() {
        var framing = TransportFraming(.zstdStream)
        var rest = Self.payloads.flatMap { framing.frame($0) }[...]
        #expect(rest.prefix(4) == [0x28, 0xB5, 0x2F, 0xFD])
        rest = rest.dropFirst(6)
        var result: [UInt8] = []
        while rest.count >= 3 {
            let head = rest.prefix(3).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
            #expect(head & 7 == 0 && head >> 3 <= 131_072)
            result += rest.dropFirst(3).prefix(head >> 3)
            rest = rest.dropFirst(3 + head >> 3)
        }
        #expect(result == Self.payloads.flatMap { $0 })
    }
}
