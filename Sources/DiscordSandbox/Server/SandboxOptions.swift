/// How a sandbox behaves.
public struct SandboxOptions: Sendable {
    /// Address to listen on. The `/sandbox/*` controls answer only callers of this machine, whatever the address.
    public var host = "127.0.0.1"
    /// 0 picks a free port.
    public var port = 0
    /// The same seed gives the same guild with the same ids and tokens.
    public var seed: UInt64 = 1
    /// Time between two things that people do by themselves; nil for none.
    public var trickle: Duration?
    /// What HELLO asks for; a connection without a heartbeat for 1.75 intervals is closed.
    public var heartbeatInterval: Duration = .milliseconds(41_250)
    /// One IDENTIFY per bot in this time (`max_concurrency` is 1).
    public var identifyWindow: Duration = .seconds(5)
    /// Buckets, the global limit and the limit of invalid requests; off only for measuring.
    public var enforcesRateLimits = true

    /// The options of a quiet sandbox on a free port of the loopback.
    public init() {}
}
