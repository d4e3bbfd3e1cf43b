/// Cuts a stream of bytes into lines; a longer line than ``limit`` comes in pieces.
struct LineSplitter {
    let limit: Int
    private var rest: [UInt8] = []

    init(limit: Int = 16 * 1024) {
        self.limit = limit
    }

    /// - Returns: the lines that are complete now, without their ends.
    mutating func add(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var begin = bytes.startIndex
        while let feed = bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) {
            append(bytes[begin..<feed], to: &lines)
            lines.append(rest)
            rest = []
            begin = feed + 1
        }
        append(bytes[begin...], to: &lines)
        return lines
    }

    /// What came after the last line's end.
    mutating func finish() -> [UInt8]? {
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>, to lines: inout [[UInt8]]) {
        var bytes = bytes
        while rest.count + bytes.count > limit {
            let room = limit - rest.count
            lines.append(rest + bytes.prefix(room))
            rest = []
            bytes = bytes.dropFirst(room)
        }
        rest += bytes
    }
}
