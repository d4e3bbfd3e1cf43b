/// Where a Redis listens and how to get in.
public struct RedisEndpoint: Hashable, Sendable {
    public let socketPath: String
    public let password: String

    /// As `REDIS_URL` says it.
    public var url: String {
        let path = socketPath.utf8.map { byte in
            switch byte {
            case 0x21...0x7E where ![UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains(byte):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
        return "unix://\(path)?user=default&password=\(password)"
    }
}
