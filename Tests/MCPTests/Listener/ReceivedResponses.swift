/// Bytes from the server, taken apart into responses.
struct ReceivedResponses {
    private var bytes: [UInt8] = []

    /// What is not taken yet.
    var rest: String {
        String(decoding: bytes, as: UTF8.self)
    }

    mutating func append(_ more: some Sequence<UInt8>) {
        bytes += more
    }

    /// Takes one response with a content length; nil when it is not there whole.
    mutating func next() -> String? {
        guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let length = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].trimmingPrefix(" ")) }
        let end = head.upperBound + (length ?? 0)
        guard bytes.count >= end else { return nil }
        defer { bytes.removeFirst(end) }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
