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
    /// One IDENTIFY per bot and bucket of shards in this time.
    public var identifyWindow: Duration = .seconds(5)
    /// Buckets, the global limit and the limit of invalid requests; off only for measuring.
    public var enforcesRateLimits = true
    /// Requests a second over all routes for one token; Discord's is 50.
    public var globalLimit = 50
    /// How many sessions the bot may start in 24 hours; the one after that makes its token invalid.
    public var identifiesPerDay = 1000
    /// Buckets of shards that may identify at the same time.
    public var maxConcurrency = 1
    /// What `/gateway/bot` recommends; with more than one, fewer shards are refused (4011).
    public var shards = 1
    /// Privileged intents that the application has switched on: any of `members`, `presences` and `content`.
    public var privilegedIntents: Set<String> = ["members", "presences", "content"]
    /// How long the search answers that its index is not ready (110000).
    public var searchIndexing: Duration = .zero
    /// The size of the community.
    public var growth = SandboxGrowth()

    /// The options of a quiet sandbox on a free port of the loopback.
    public init() {}
}
