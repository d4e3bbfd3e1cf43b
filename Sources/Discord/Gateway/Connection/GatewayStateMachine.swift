import Contracts

/// One gateway connection and its successors, as Discord's documentation tells. Pure: time, randomness and
/// everything from outside come in; what to do goes out. `deadline` says when to put in `.tick`.
/// Source: <https://discord.com/developers/docs/events/gateway#connections>
struct GatewayStateMachine: Sendable {
    enum Phase: Sendable {
        case idle
        case waiting(until: Duration)
        case asking
        case connecting
        case greeting(until: Duration)
        /// The turn to IDENTIFY is being asked for.
        case queueing
        /// Then the turn comes.
        case taken(at: Duration)
        /// Then the turn is asked for again.
        case postponed(until: Duration)
        case authenticating(until: Duration)
        case ready(since: Duration)
        case failed
    }

    /// After so many connections that came to nothing Discord is asked whether it is there at all: if it is, then the
    /// session is what is wrong.
    static let attemptsBeforeNewSession = 8

    let configuration: GatewayConfiguration
    var metrics = GatewayMetrics()
    var session: GatewaySession?
    var phase = Phase.idle
    var heartbeat: Heartbeat?
    var sends = SendWindow()
    var members: MemberRequests
    /// Requests wait for the send limit until then.
    var heldUpUntil: Duration?
    var maxConcurrency = 1
    var connections = 0
    /// Connections since one was stable.
    var attempts = 0
    /// Connections since one was ready.
    var fruitless = 0
    /// Discord is there, and the session got one more connection.
    var isLastTry = false
    /// IDENTIFYs since a connection was stable.
    var identifies = 0
    /// The wait that a nearly spent budget asks for was kept.
    var hasSparedBudget = false
    /// This connection brought something new.
    var isFruitful = false
    /// After which event one was missing, when the session was resumed to get it.
    var gap: GatewaySession?
    /// When a session was last given up for a missing event.
    var lastGapSession: Duration?

    /// `nonceSeed` must differ from process to process.
    init(configuration: GatewayConfiguration, session: GatewaySession?, nonceSeed: UInt64 = 0) {
        self.configuration = configuration
        members = MemberRequests(nonceSeed: nonceSeed)
        if let session, session.intents == configuration.intents, session.shardCount == configuration.shard.count {
            self.session = session
        }
        metrics.shard = configuration.shard
        metrics.sequence = self.session?.sequence ?? 0
    }

    /// Whether a connection is open.
    var isConnected: Bool {
        switch phase {
        case .greeting, .queueing, .taken, .postponed, .authenticating, .ready: true
        case .idle, .waiting, .asking, .connecting, .failed: false
        }
    }

    /// When the next `.tick` is due; nil: only an input from outside changes anything.
    var deadline: Duration? {
        var deadlines: [Duration?] = [heartbeat?.next]
        switch phase {
        case .waiting(let until), .greeting(let until), .authenticating(let until): deadlines.append(until)
        case .taken(let time), .postponed(let time): deadlines.append(time)
        case .ready: deadlines.append(heldUpUntil ?? members.deadline)
        case .idle, .asking, .connecting, .queueing, .failed: break
        }
        return deadlines.compactMap { $0 }.min()
    }

    mutating func handle(
        _ input: Input,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch (input, phase) {
        case (.start, .idle): begin()
        case (.tick(let isReading), _): tick(isReading: isReading, at: now, using: &random)
        case (.startLimit(let bot), .asking): connect(with: bot, at: now)
        case (.startLimitFailed(let rejected), .asking):
            rejected ? fail(.tokenRejected) : disconnect("no answer to GET /gateway/bot", at: now, using: &random)
        case (.connected, .connecting): greet(at: now)
        case (.connectFailed, .connecting): disconnect("could not connect", at: now, using: &random)
        case (.frame(let frame), _) where isConnected: handle(frame, at: now, using: &random)
        case (.malformed(let reason), _) where isConnected: malformed(reason)
        case (.broken(let reason), _) where isConnected:
            malformed(reason) + [.close] + disconnect(reason, at: now, using: &random)
        case (.closed(let code), _) where isConnected: closed(code, at: now, using: &random)
        case (.turn(let purpose, let answer), _) where isConnected: turn(purpose, answer, at: now)
        default: []
        }
    }

    /// Puts a request in the queue; it is sent now or when Discord's limits allow.
    mutating func request(
        id: UInt64,
        guild: Snowflake,
        _ selection: MemberSelection,
        at now: Duration
    ) throws(MemberRequestFailure) -> [Action] {
        try members.add(id: id, guild: guild, selection, intents: configuration.intents, at: now)
        return sendRequests(at: now)
    }
}
