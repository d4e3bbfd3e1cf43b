import CZstd
import NIOCore

/// `zstd-stream`: one context for the connection. Each message is one payload, and does not end the zstd frame.
/// Source: <https://discord.com/developers/docs/events/gateway#zstd-stream>
final class ZstdStreamDecoder: FrameDecoder {
    /// Frames that want more than 2^25 bytes of history are refused: what they say decides how much memory is taken.
    private static let maximumWindowLog: CInt = 25

    private let context: OpaquePointer?
    private var output: PayloadBuffer

    init(maximumPayloadBytes: Int) {
        output = PayloadBuffer(maximum: maximumPayloadBytes)
        context = ZSTD_createDCtx()
        _ = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.maximumWindowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
    }

    func decode<Result>(_ message: ByteBuffer, _ use: (UnsafeRawBufferPointer) -> Result) throws -> Result? {
        guard context != nil else { throw FrameDecodingError.broken("no memory for zstd") }
        try message.withUnsafeReadableBytes(decompressAll)
        return output.isEmpty ? nil : output.take(use)
    }

    private func decompressAll(_ bytes: UnsafeRawBufferPointer) throws {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        guard input.size > 0 else { return }
        repeat {
            try output.fill { space in
                var written = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
                let status = ZSTD_decompressStream(context, &written, &input)
                guard ZSTD_isError(status) == 0 else {
                    throw FrameDecodingError.broken(String(cString: ZSTD_getErrorName(status)))
                }
                return written.pos
            }
        } while input.pos < input.size || !output.hasRoom
    }
}
