/// The heartbeats of one connection. Pure.
/// Source: <https://discord.com/developers/docs/events/gateway#sending-heartbeats>
struct Heartbeat: Sendable {
    enum Due: Sendable {
        case no
        case beat
        /// A whole interval passed without an answer: the connection is dead though it looks open.
        case zombie
    }

    /// A longer one than this would leave a dead connection undetected.
    static let longestInterval: Duration = .seconds(600)

    private let interval: Duration
    private(set) var next: Duration
    private var unansweredSince: Duration?

    /// `jitter` in 0...1 spreads the first beats of many connections.
    init(interval: Duration, jitter: Double, at now: Duration) {
        self.interval = interval
        next = now + interval * jitter
    }

    /// `isReading` false: we do not read, so a missing answer says nothing about Discord.
    mutating func due(at now: Duration, isReading: Bool) -> Due {
        guard next <= now else { return .no }
        if let since = unansweredSince, now - since >= interval {
            if isReading { return .zombie }
            unansweredSince = now
        }
        next = now + interval
        return .beat
    }

    mutating func sent(at now: Duration) {
        if unansweredSince == nil { unansweredSince = now }
    }

    /// The round trip, if one was being measured.
    mutating func acknowledged(at now: Duration) -> Duration? {
        defer { unansweredSince = nil }
        return unansweredSince.map { now - $0 }
    }
}
