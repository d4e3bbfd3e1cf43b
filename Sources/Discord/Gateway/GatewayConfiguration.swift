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
    }

    public var intents: GatewayIntents
    public var shardID = 0
    public var shardCount = 1
    /// Instead of the URL that `GET /gateway/bot` names. A resumed session goes where Discord said.
    public var url: String?
    var timing = Timing()

    public init(intents: GatewayIntents, url: String? = nil) {
        self.intents = intents
        self.url = url
    }
}
