import CZlib
import NIOCore

/// `zlib-stream`: one inflate context for the connection. A payload may span messages; it ends where the last bytes are
/// those of a sync flush.
/// Source: <https://discord.com/developers/docs/events/gateway#zlib-stream>
final class ZlibStreamDecoder: FrameDecoder {
    private static let flushMark: UInt32 = 0x0000_FFFF

    // zlib keeps the address of its stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output: PayloadBuffer
    /// The last four bytes that came.
    private var tail = UInt32.max

    init(maximumPayloadBytes: Int) {
        output = PayloadBuffer(maximum: maximumPayloadBytes)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // `inflateInit2` is a macro. It fails without memory only; then the first `inflate` says so.
        _ = inflateInit2_(stream, MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    func decode<Result>(_ message: ByteBuffer, _ use: (UnsafeRawBufferPointer) -> Result) throws -> Result? {
        try message.withUnsafeReadableBytes(inflateAll)
        guard tail == Self.flushMark else { return nil }
        tail = .max
        return output.isEmpty ? nil : output.take(use)
    }

    private func inflateAll(_ input: UnsafeRawBufferPointer) throws {
        guard let bytes = input.bindMemory(to: UInt8.self).baseAddress, !input.isEmpty else { return }
        for byte in input.suffix(4) { tail = tail << 8 | UInt32(byte) }
        // zlib does not write to its input; its header says so only with ZLIB_CONST.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes)
        stream.pointee.avail_in = UInt32(input.count)
        repeat {
            try output.fill { space in
                stream.pointee.next_out = space.baseAddress
                stream.pointee.avail_out = UInt32(space.count)
                let status = inflate(stream, Z_SYNC_FLUSH)
                // "Buffer error" says only that there is nothing to do.
                guard status == Z_OK || status == Z_BUF_ERROR else {
                    throw FrameDecodingError.broken(Self.name(of: status))
                }
                return space.count - Int(stream.pointee.avail_out)
            }
        } while stream.pointee.avail_in > 0 || !output.hasRoom
    }

    private static func name(of status: CInt) -> String {
        switch status {
        case Z_STREAM_END: "the zlib stream ended"
        case Z_MEM_ERROR: "no memory for zlib"
        default: "zlib status \(status)"
        }
    }
}
