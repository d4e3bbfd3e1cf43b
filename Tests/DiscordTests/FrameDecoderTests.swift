import NIOCore
import TestSupport
import Testing

@testable import Discord

@Suite struct FrameDecoderTests {
    private func decode(_ decoder: any FrameDecoder, _ bytes: some Sequence<UInt8>) throws -> [UInt8]? {
        try decoder.decode(ByteBuffer(bytes: bytes)) { Array($0) }
    }

    /// Payloads of any size come out as they went in, wherever a message of zlib's is cut.
    @Test(arguments: GatewayCompression.allCases, 0..<6)
    func payloadsComeOutAsTheyWentIn(compression: GatewayCompression, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let compressor = StreamCompressor(compression)
        let decoder = compression.makeDecoder()
        for _ in 0..<40 {
            let size = [1, 20, 1000, 70_000, 1_500_000][Int.random(in: 0..<5, using: &random) % (seed == 0 ? 5 : 4)]
            let alphabet = UInt8.random(in: 1...255, using: &random)
            let payload = (0..<size).map { _ in UInt8.random(in: 0...alphabet, using: &random) }
            var rest = compressor.pack(payload)[...]
            var result: [UInt8]?
            while !rest.isEmpty {
                let cut = compression == .zlibStream ? Int.random(in: 1...rest.count, using: &random) : rest.count
                #expect(result == nil, "seed \(seed): complete before its end")
                result = try decode(decoder, rest.prefix(cut))
                rest = rest.dropFirst(cut)
            }
            #expect(result == payload, "seed \(seed), \(size) bytes")
        }
    }

    @Test func zlibByteByByte() throws {
        let compressor = StreamCompressor(.zlibStream)
        let decoder = GatewayCompression.zlibStream.makeDecoder()
        for word in ["first", "second", "third"] {
            let results = try compressor.pack(Array(word.utf8)).map { try decode(decoder, [$0]) }
            #expect(results.dropLast().allSatisfy { $0 == nil })
            #expect(results.last == Array(word.utf8))
        }
    }

    @Test(arguments: [GatewayCompression.zlibStream, .zstdStream])
    func aBombIsRefused(compression: GatewayCompression) throws {
        let decoder = compression.makeDecoder(maximumPayloadBytes: 1 << 20)
        let bomb = StreamCompressor(compression).pack([UInt8](repeating: 0, count: 8 << 20))
        #expect(bomb.count < 20_000)
        #expect(throws: FrameDecodingError.tooLarge(limit: 1 << 20)) { try decode(decoder, bomb) }
        let largest = [UInt8](repeating: 1, count: (1 << 20) - 1)
        let fresh = compression.makeDecoder(maximumPayloadBytes: 1 << 20)
        #expect(try decode(fresh, StreamCompressor(compression).pack(largest)) == largest)
    }

    @Test(arguments: [GatewayCompression.zlibStream, .zstdStream])
    func whatIsNoStreamIsBroken(compression: GatewayCompression) {
        #expect(throws: FrameDecodingError.self) {
            try decode(compression.makeDecoder(), Array(#"{"op": 10, "d": {}}"#.utf8))
        }
    }

    /// Whatever comes in, the decoder answers or throws, and stays within its bound.
    @Test(arguments: [GatewayCompression.zlibStream, .zstdStream], 0..<60)
    func damageIsNoticedOrHarmless(compression: GatewayCompression, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let compressor = StreamCompressor(compression)
        let decoder = compression.makeDecoder(maximumPayloadBytes: 1 << 16)
        for _ in 0..<20 {
            let text = (0..<Int.random(in: 1...3000, using: &random)).map { _ in
                UInt8.random(in: 97...105, using: &random)
            }
            var bytes = compressor.pack(text)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                let result = try decode(decoder, bytes)
                #expect((result?.count ?? 0) <= 1 << 16, "seed \(seed)")
            } catch {
                #expect(error is FrameDecodingError, "seed \(seed)")
                return
            }
        }
    }

    @Test func emptyMessagesAreNothing() throws {
        for compression in GatewayCompression.allCases {
            #expect(try decode(compression.makeDecoder(), []) == nil)
        }
    }
}
