import CZlib
import CZstd

@testable import Discord

/// Discord's side of the transport compression: one context for a connection, flushed after each payload.
final class StreamCompressor {
    private let kind: GatewayCompression
    private let deflating: UnsafeMutablePointer<z_stream>
    private let zstd = ZSTD_createCCtx()

    init(_ kind: GatewayCompression) {
        self.kind = kind
        deflating = .allocate(capacity: 1)
        deflating.initialize(to: z_stream())
        _ = deflateInit_(deflating, 6, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    }

    deinit {
        deflateEnd(deflating)
        deflating.deallocate()
        ZSTD_freeCCtx(zstd)
    }

    /// The bytes of one payload.
    func pack(_ payload: [UInt8]) -> [UInt8] {
        switch kind {
        case .none: payload
        case .zlibStream: deflated(payload)
        case .zstdStream: zstandard(payload)
        }
    }

    private func deflated(_ payload: [UInt8]) -> [UInt8] {
        var input = payload
        var result: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            deflating.pointee.next_in = input.baseAddress
            deflating.pointee.avail_in = UInt32(input.count)
            repeat {
                var space = [UInt8](repeating: 0, count: 1 << 16)
                let left = space.withUnsafeMutableBufferPointer { space in
                    deflating.pointee.next_out = space.baseAddress
                    deflating.pointee.avail_out = UInt32(space.count)
                    _ = deflate(deflating, Z_SYNC_FLUSH)
                    return Int(deflating.pointee.avail_out)
                }
                result += space.dropLast(left)
            } while deflating.pointee.avail_out == 0
        }
        return result
    }

    private func zstandard(_ payload: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        payload.withUnsafeBytes { bytes in
            var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            var left = 0
            repeat {
                var space = [UInt8](repeating: 0, count: 1 << 16)
                let written = space.withUnsafeMutableBytes { space in
                    var output = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
                    left = ZSTD_compressStream2(zstd, &output, &input, ZSTD_e_flush)
                    return output.pos
                }
                result += space.prefix(written)
            } while left != 0
        }
        return result
    }
}
