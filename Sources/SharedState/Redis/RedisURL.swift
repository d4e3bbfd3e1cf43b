/// Where a Redis is and how to log in, as `REDIS_URL` says it.
///
/// Forms: `unix:///path/redis.sock?user=U&password=P&db=N`, `redis://[user:password@]host[:port][/db]`, and
/// `rediss://` for TLS. User, password and path may be percent-encoded.
public struct RedisURL: Hashable, Sendable {
    /// The other end of the connection.
    public enum Endpoint: Hashable, Sendable {
        case unixSocket(path: String)
        case tcp(host: String, port: Int, tls: Bool)
    }

    /// What is wrong with a text; never repeats the text, which may hold a password.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        public let reason: String

        public var description: String {
            """
            REDIS_URL \(reason). Write unix:///path/redis.sock?password=…, redis://[user:password@]host[:port][/db] or \
            rediss://…
            """
        }
    }

    public var endpoint: Endpoint
    public var user: String?
    public var password: String?
    public var database: Int

    public init(endpoint: Endpoint, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.database = database
    }

    public init(_ text: String) throws(Malformed) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            throw Malformed(reason: "has no scheme")
        }
        let rest = text[colon...].dropFirst(3)
        switch text[..<colon] {
        case "unix": try self.init(unix: rest)
        case "redis": try self.init(tcp: rest, tls: false)
        case "rediss": try self.init(tcp: rest, tls: true)
        default: throw Malformed(reason: "has an unknown scheme")
        }
    }

    private init(unix rest: Substring) throws(Malformed) {
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = try Self.decoded(parts[0])
        guard path.hasPrefix("/") else { throw Malformed(reason: "needs an absolute socket path") }
        self.init(endpoint: .unixSocket(path: path))
        guard parts.count == 2 else { return }
        for item in parts[1].split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw Malformed(reason: "has a parameter without a value") }
            switch pair[0] {
            case "user": user = try Self.decoded(pair[1])
            case "password": password = try Self.decoded(pair[1])
            case "db": database = try Self.database(pair[1])
            default: throw Malformed(reason: "has an unknown parameter")
            }
        }
    }

    private init(tcp rest: Substring, tls: Bool) throws(Malformed) {
        var authority = rest
        var database = 0
        if let slash = rest.lastIndex(of: "/"), rest[slash...].allSatisfy({ $0 == "/" || $0.isNumber }) {
            authority = rest[..<slash]
            let path = rest[rest.index(after: slash)...]
            if !path.isEmpty { database = try Self.database(path) }
        }
        var user: String?
        var password: String?
        if let at = authority.lastIndex(of: "@") {
            let login = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard login.count == 2 else { throw Malformed(reason: "needs user:password before the @") }
            if !login[0].isEmpty { user = try Self.decoded(login[0]) }
            password = try Self.decoded(login[1])
            authority = authority[authority.index(after: at)...]
        }
        let (host, port) = try Self.hostAndPort(authority)
        self.init(
            endpoint: .tcp(host: host, port: port, tls: tls), user: user, password: password, database: database)
    }

    private static func hostAndPort(_ text: Substring) throws(Malformed) -> (String, Int) {
        var host = text
        var port = 6379
        // An IPv6 address stands in brackets, so that its colons are not a port.
        let end = text.lastIndex(of: "]") ?? text.startIndex
        if let colon = text[end...].lastIndex(of: ":") {
            guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number) else {
                throw Malformed(reason: "has a port that is not a number from 1 to 65535")
            }
            port = number
            host = text[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains("/") else {
            throw Malformed(reason: "has no host, or a path that is no database")
        }
        return (String(host), port)
    }

    private static func database(_ text: Substring) throws(Malformed) -> Int {
        guard let number = Int(text), number >= 0 else {
            throw Malformed(reason: "has a database that is not a number")
        }
        return number
    }

    /// Undoes percent-encoding.
    private static func decoded(_ text: Substring) throws(Malformed) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = UInt8(Substring(rest.prefix(2)), radix: 16) else {
                    throw Malformed(reason: "has a broken percent-encoding")
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        guard let plain = String(validating: bytes, as: UTF8.self) else {
            throw Malformed(reason: "has a percent-encoding that is not UTF-8")
        }
        return plain
    }
}

extension RedisURL: CustomStringConvertible {
    /// For logs: without user and password.
    public var description: String {
        switch endpoint {
        case .unixSocket(let path): "unix://\(path)"
        case .tcp(let host, let port, let tls): "\(tls ? "rediss" : "redis")://\(host):\(port)/\(database)"
        }
    }
}
