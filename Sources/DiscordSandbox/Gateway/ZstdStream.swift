import CZstd

/// One zstd frame for the whole connection; each message ends with a flushed block, never with the frame.
final class ZstdStream {
    private let context: OpaquePointer

    init(level: Int32 = 3) {
        // Without memory for a context nothing else would run either.
        guard let context = ZSTD_createCCtx() else { preconditionFailure("zstd has no memory for a stream") }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    }

    deinit { ZSTD_freeCCtx(context) }

    func message(_ payload: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        let capacity = ZSTD_CStreamOutSize()
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 1)
        defer { room.deallocate() }
        payload.withUnsafeBytes { bytes in
            var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            var left = 0
            repeat {
                var output = ZSTD_outBuffer(dst: room.baseAddress, size: capacity, pos: 0)
                left = ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush)
                result.append(contentsOf: room[..<output.pos])
                // A compressor with room never fails: this would be corrupt memory.
                if ZSTD_isError(left) != 0 { preconditionFailure("zstd failed on a healthy stream") }
            } while left > 0
        }
        return result
    }
}
