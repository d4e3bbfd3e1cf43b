/// A checked address: a Unix socket of this host, or tcp that does not leave it.
struct BusAddress: Hashable, Sendable {
    /// The size of `sun_path` less its terminator.
    static let longestPath = 107

    let text: String
    /// Nil for tcp.
    let path: String?

    init(_ text: String) throws(BusError) {
        self.text = text
        if text.hasPrefix("ipc://") {
            let path = String(text.dropFirst(6))
            guard path.hasPrefix("/") else { throw .invalidAddress(text, reason: "the path must be absolute") }
            guard path.utf8.count <= Self.longestPath else {
                throw .invalidAddress(text, reason: "the path has more than \(Self.longestPath) bytes")
            }
            self.path = path
        } else if text.hasPrefix("tcp://") {
            let rest = text.dropFirst(6)
            guard let colon = rest.lastIndex(of: ":"), UInt16(rest[rest.index(after: colon)...]) != nil else {
                throw .invalidAddress(text, reason: "the port is missing or not a number up to 65535")
            }
            guard Self.isLoopback(rest[..<colon]) else { throw .encryptionRequired(text) }
            path = nil
        } else {
            throw .invalidAddress(text, reason: "unknown scheme")
        }
    }

    private static func isLoopback(_ host: Substring) -> Bool {
        if host == "[::1]" { return true }
        // A name could resolve to anything; only literal addresses count.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
