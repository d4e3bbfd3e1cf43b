/// What a gateway connection asks for.
public struct GatewayConfiguration: Hashable, Sendable {
    /// The waits of the protocol; only tests change them.
    struct Timing: Hashable, Sendable {
        var helloTimeout: Duration = .seconds(20)
        /// For READY or RESUMED; while a resumed session replays, each event starts it anew.
        var sessionTimeout: Duration = .seconds(60)
        /// Before IDENTIFY after an invalid session: the documentation says 1 to 5 seconds, at random.
        var invalidSessionWait: ClosedRange<Double> = 1...5
        var reconnectBase: Duration = .seconds(1)
        var reconnectMaximum: Duration = .seconds(60)
        /// Discord allows one IDENTIFY in 5 seconds.
        var identifyBase: Duration = .seconds(5)
        var identifyMaximum: Duration = .seconds(900)
        /// A connection that was ready for so long makes the next wait short again.
        var stableAfter: Duration = .seconds(60)
        /// A session is given up for a missing event at most so often.
        var gapSessionEvery: Duration = .seconds(3600)
    }

    public var intents: GatewayIntents
    public var shard: ShardPosition
    public var compression: GatewayCompression
    /// Instead of the URL that `GET /gateway/bot` names. A resumed session goes where Discord said.
    public var url: String?
    /// False: only a stored session is gone on with, and its end is the client's (``GatewayFailure/sessionLost``).
    public var mayIdentify = true
    var timing = Timing()

    public init(
        intents: GatewayIntents,
        shard: ShardPosition = ShardPosition(),
        compression: GatewayCompression = .none,
        url: String? = nil
    ) {
        self.intents = intents
        self.shard = shard
        self.compression = compression
        self.url = url
    }
}
