/// Discord's stream compressions in their simplest legal form: stored (deflate) and raw (zstd) blocks. Every decoder takes
/// them, the framing is the real one, and nothing gets smaller.
struct TransportFraming: Sendable {
    enum Kind: String, Sendable {
        case none
        case zlibStream = "zlib-stream"
        case zstdStream = "zstd-stream"
    }

    private static let largestStored = 65_535
    /// A raw zstd block may be as large as the window; ours is 128 KiB.
    private static let largestRaw = 131_072

    let kind: Kind
    private var hasBegun = false

    init(_ kind: Kind) { self.kind = kind }

    /// Text frames carry plain JSON, binary frames a piece of the stream.
    var isText: Bool { kind == .none }

    mutating func frame(_ payload: [UInt8]) -> [UInt8] {
        defer { hasBegun = true }
        return switch kind {
        case .none: payload
        case .zlibStream: zlib(payload)
        case .zstdStream: zstd(payload)
        }
    }

    /// RFC 1950 and 1951: header once, stored blocks, and an empty one as the sync flush (00 00 FF FF).
    private func zlib(_ payload: [UInt8]) -> [UInt8] {
        var result: [UInt8] = hasBegun ? [] : [0x78, 0x01]
        var rest = payload[...]
        while !rest.isEmpty {
            let block = rest.prefix(Self.largestStored)
            let length = UInt16(block.count)
            result.append(0x00)
            for half in [length, ~length] { result += [UInt8(truncatingIfNeeded: half), UInt8(half >> 8)] }
            result += block
            rest = rest.dropFirst(block.count)
        }
        return result + [0x00, 0x00, 0x00, 0xFF, 0xFF]
    }

    /// RFC 8878: one frame for the whole connection, with a window of 128 KiB and no content size or checksum.
    private func zstd(_ payload: [UInt8]) -> [UInt8] {
        var result: [UInt8] = hasBegun ? [] : [0x28, 0xB5, 0x2F, 0xFD, 0x00, 7 << 3]
        var rest = payload[...]
        while !rest.isEmpty {
            let block = rest.prefix(Self.largestRaw)
            let header = UInt32(block.count) << 3
            result += [0, 8, 16].map { UInt8(truncatingIfNeeded: header >> $0) }
            result += block
            rest = rest.dropFirst(block.count)
        }
        return result
    }
}
