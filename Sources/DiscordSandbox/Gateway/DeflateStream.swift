import CZlib

/// One zlib stream; each message ends with a sync flush (00 00 FF FF).
final class DeflateStream {
    private static let chunk = 16_384

    // zlib keeps a pointer back to this structure, so it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// - Parameter windowBits: zlib's; 15 is what Discord uses.
    init(level: Int32 = 6, windowBits: Int32 = 15) {
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let result = deflateInit2_(
            stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        precondition(result == Z_OK, "zlib has no memory for a stream")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func message(_ payload: [UInt8]) -> [UInt8] {
        var payload = payload
        var result: [UInt8] = []
        let room = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.chunk)
        defer { room.deallocate() }
        payload.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                stream.pointee.next_out = room
                stream.pointee.avail_out = UInt32(Self.chunk)
                deflate(stream, Z_SYNC_FLUSH)
                result.append(
                    contentsOf: UnsafeBufferPointer(start: room, count: Self.chunk - Int(stream.pointee.avail_out)))
                // A full buffer may mean that more is waiting.
            } while stream.pointee.avail_out == 0
        }
        return result
    }
}
