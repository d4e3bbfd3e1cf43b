/// Where a Redis listens and how to get in.
public struct RedisEndpoint: Hashable, Sendable {
    public let socketPath: String
    public let password: String

    /// As `REDIS_URL` says it.
    public var url: String { "unix://\(socketPath)?user=default&password=\(password)" }
}
