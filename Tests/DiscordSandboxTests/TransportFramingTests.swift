import CZlib
import CZstd
import Testing

@testable import DiscordSandbox

@Suite struct TransportFramingTests {
    /// Alike, as events are, so that a context over all of them pays.
    static let payloads: [[UInt8]] =
        [Array(#"{"op":10}"#.utf8)]
        + (0..<200).map {
            Array(#"{"op":0,"t":"MESSAGE_CREATE","s":\#($0),"d":{"content":"läng \#($0 * 7919)"}}"#.utf8)
        }
        + [[UInt8](repeating: 65, count: 300_000)]

    @Test func zlibIsOneStreamWithAFlushAfterEachMessage() {
        let framing = TransportFraming(.zlibStream)
        let frames = Self.payloads.map { framing.frame($0) }
        for frame in frames { #expect(frame.suffix(4) == [0x00, 0x00, 0xFF, 0xFF]) }
        #expect(Self.inflated(frames.flatMap { $0 }) == Self.payloads.flatMap { $0 })
        let framed = frames[1...200].joined().count
        let plain = Self.payloads[1...200].joined().count
        #expect(framed < plain / 2)
    }

    @Test func zstdIsOneFrameThatEachMessageFlushes() {
        let framing = TransportFraming(.zstdStream)
        let context = ZSTD_createDCtx()
        defer { ZSTD_freeDCtx(context) }
        var compressed = 0
        for payload in Self.payloads {
            let frame = framing.frame(payload)
            compressed += frame.count
            // Each message can be read when it arrives, and the frame goes on.
            let (bytes, hint) = Self.decompressed(frame, context)
            #expect(bytes == payload)
            #expect(hint > 0)
        }
        #expect(compressed < Self.payloads.reduce(0) { $0 + $1.count } / 10)
    }

    @Test func withoutCompressionTextStaysAsItIs() {
        let framing = TransportFraming(.none)
        #expect(framing.isText && framing.frame(Self.payloads[0]) == Self.payloads[0])
    }

    private static func inflated(_ bytes: [UInt8]) -> [UInt8] {
        var input = bytes
        var output = [UInt8](repeating: 0, count: 1 << 20)
        var stream = z_stream()
        inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { inflateEnd(&stream) }
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                inflate(&stream, Z_SYNC_FLUSH)
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output.prefix(written))
    }

    private static func decompressed(_ bytes: [UInt8], _ context: OpaquePointer?) -> ([UInt8], Int) {
        var output = [UInt8](repeating: 0, count: 1 << 19)
        var hint = 0
        let written = bytes.withUnsafeBytes { source in
            output.withUnsafeMutableBytes { target in
                var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                var room = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                hint = ZSTD_decompressStream(context, &room, &input)
                return room.pos
            }
        }
        return (Array(output.prefix(written)), hint)
    }
}
