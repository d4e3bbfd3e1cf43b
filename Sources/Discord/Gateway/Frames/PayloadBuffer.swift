/// Where a payload is unpacked: kept from one to the next, and bounded, whatever a few bytes claim to unpack to.
struct PayloadBuffer {
    /// Far above the largest `GUILD_CREATE`, which grows with channels, roles and threads (some thousands of each).
    static let maximumBytes = 32 << 20

    private static let initialBytes = 64 << 10
    /// After a rare large payload the memory is given back.
    private static let keptBytes = 1 << 20

    private let maximum: Int
    private var bytes: [UInt8] = []
    private var count = 0

    init(maximum: Int) {
        self.maximum = maximum
    }

    var isEmpty: Bool { count == 0 }

    /// Lets `write` fill what is free, at least one byte; it returns how many bytes it wrote.
    /// - Throws: ``FrameDecodingError/tooLarge(limit:)`` when all that is allowed is written already.
    mutating func fill(_ write: (UnsafeMutableBufferPointer<UInt8>) throws -> Int) throws {
        if count == bytes.count {
            guard count < maximum else { throw FrameDecodingError.tooLarge(limit: maximum) }
            let larger = min(max(Self.initialBytes, 2 * count), maximum)
            bytes += repeatElement(0, count: larger - count)
        }
        let start = count
        count += try bytes.withUnsafeMutableBufferPointer { buffer in
            try write(UnsafeMutableBufferPointer(rebasing: buffer[start...]))
        }
    }

    /// Whether the last write left room, that is: had no more to say.
    var hasRoom: Bool { count < bytes.count }

    /// Hands over what was written, and begins anew.
    mutating func take<Result>(_ use: (UnsafeRawBufferPointer) -> Result) -> Result {
        defer {
            count = 0
            if bytes.count > Self.keptBytes { bytes = [] }
        }
        return bytes.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}
