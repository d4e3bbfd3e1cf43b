/// What a bot may do over the gateway only every so often, whichever of its processes does it: each asks before it does.
public protocol GatewayTurns: Sendable {
    /// Takes the next turn.
    func take(_ turn: GatewayTurn) async -> GatewayTurnAnswer

    /// The series of attempts came to its end: the next one need not be spread.
    func succeeded(_ series: String) async
}

/// When a turn comes.
public enum GatewayTurnAnswer: Hashable, Sendable {
    /// After that time it is ours, for certain: who takes one later gets a later one.
    case taken(after: Duration)
    /// Too many attempts came to nothing. Nothing was taken: ask again after that time.
    case askAgain(after: Duration)
}

/// One kind of turn.
public struct GatewayTurn: Hashable, Sendable {
    /// Turns of one name follow each other with at least this between them.
    public var name: String
    public var spacing: Duration
    /// Attempts at one thing: each that does not succeed makes the wait for the next one longer.
    public var series: String?

    public init(name: String, spacing: Duration, series: String? = nil) {
        self.name = name
        self.spacing = spacing
        self.series = series
    }

    /// An IDENTIFY: one in 5 seconds in each of `max_concurrency` buckets, and a quarter second for the way.
    /// Source: <https://discord.com/developers/docs/events/gateway#rate-limiting>
    public static func identify(shard: Int, of count: Int, maxConcurrency: Int) -> GatewayTurn {
        GatewayTurn(
            name: "identify:\(shard % max(1, maxConcurrency))", spacing: .milliseconds(5250),
            series: series(shard: shard, of: count))
    }

    /// A shard's attempts to get a session.
    public static func series(shard: Int, of count: Int) -> String { "shard:\(shard)/\(count)" }

    /// The whole member list of a guild: once in 30 seconds, and half a second for the way.
    /// Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members>
    public static func memberList(guild: Snowflake) -> GatewayTurn {
        GatewayTurn(name: "members:\(guild)", spacing: .milliseconds(30_500))
    }
}

/// How attempts that do not succeed are spread, the same in every ledger of turns.
public enum GatewaySeries {
    /// A series that nobody went on with for so long is forgotten.
    public static let memory: Duration = .seconds(3600)
    /// Attempts that are free: a restart or two is nothing unusual.
    public static let free = 3
    public static let longestPause: Duration = .seconds(900)

    /// What must lie between the last attempt and the next one.
    public static func pause(after attempts: Int) -> Duration {
        attempts < free ? .zero : min(longestPause, .seconds(5) * (1 << min(attempts - 1, 10)))
    }
}
