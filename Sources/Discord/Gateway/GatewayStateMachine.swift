/// One gateway connection and its successors, as Discord's documentation tells. Pure: time, randomness and
/// everything from outside come in; what to do goes out. `deadline` says when to put in `.tick`.
/// Source: <https://discord.com/developers/docs/events/gateway#connections>
struct GatewayStateMachine: Sendable {
    enum Input: Sendable {
        case start
        /// `isReading` false: the consumer holds us up.
        case tick(isReading: Bool)
        case startLimit(GatewayBot)
        case startLimitFailed(tokenRejected: Bool)
        case connected
        case connectFailed
        case frame(GatewayFrame)
        /// A message that is not a payload.
        case garbage
        /// The other side ended the connection; nil without a code.
        case closed(code: Int?)
    }

    enum Action: Hashable, Sendable {
        case fetchStartLimit
        /// Without the query.
        case connect(url: String)
        case heartbeat(sequence: Int?)
        case identify
        case resume(GatewaySession)
        case send([UInt8])
        case deliver(GatewayDispatch)
        /// Close with a code that keeps the session alive.
        case close
        case fail(GatewayFailure)
    }

    private enum Phase: Sendable {
        case idle
        case waiting(until: Duration)
        case asking
        case connecting
        case greeting(until: Duration)
        case authenticating(until: Duration)
        case ready(since: Duration)
        case failed
    }

    /// Sessions live a few minutes without a connection: after so many connections that came to nothing it is gone.
    static let attemptsBeforeNewSession = 8
    static let maximumQueuedCommands = 32

    private let configuration: GatewayConfiguration
    private(set) var metrics = GatewayMetrics()
    private(set) var session: GatewaySession?
    private var phase = Phase.idle
    private var heartbeat: Heartbeat?
    private var sends = SendWindow()
    private var queue: [[UInt8]] = []
    private var connections = 0
    /// Connections since one was stable.
    private var attempts = 0
    /// Connections since one was ready.
    private var fruitless = 0
    /// IDENTIFYs since a connection was stable.
    private var identifies = 0
    /// The wait that a nearly spent budget asks for was kept.
    private var hasSparedBudget = false

    init(configuration: GatewayConfiguration, session: GatewaySession?) {
        self.configuration = configuration
        if let session, session.intents == configuration.intents { self.session = session }
        metrics.sequence = self.session?.sequence ?? 0
    }

    /// Whether a connection is open.
    var isConnected: Bool {
        switch phase {
        case .greeting, .authenticating, .ready: true
        case .idle, .waiting, .asking, .connecting, .failed: false
        }
    }

    /// When the next `.tick` is due; nil: only an input from outside changes anything.
    var deadline: Duration? {
        var deadlines: [Duration] = []
        switch phase {
        case .waiting(let until), .greeting(let until), .authenticating(let until): deadlines.append(until)
        case .idle, .asking, .connecting, .ready, .failed: break
        }
        if let heartbeat { deadlines.append(heartbeat.next) }
        if !queue.isEmpty, let change = sends.nextChange { deadlines.append(change) }
        return deadlines.min()
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
        case (.garbage, _) where isConnected: [.close] + disconnect("unreadable payload", at: now, using: &random)
        case (.closed(let code), _) where isConnected: closed(code, at: now, using: &random)
        default: []
        }
    }

    /// Sends a command now or when the send limit allows; nil: not ready, or the queue is full.
    mutating func submit(_ payload: [UInt8], at now: Duration) -> [Action]? {
        guard case .ready = phase, queue.count < Self.maximumQueuedCommands else { return nil }
        queue.append(payload)
        return flushQueue(at: now)
    }
}

// MARK: - Connecting

extension GatewayStateMachine {
    private mutating func begin() -> [Action] {
        guard let session else {
            phase = .asking
            metrics.state = .connecting
            return [.fetchStartLimit]
        }
        return connect(to: session.resumeURL)
    }

    private mutating func connect(with bot: GatewayBot, at now: Duration) -> [Action] {
        let limit = bot.sessionStartLimit
        let untilReset = Duration.milliseconds(max(1000, limit.resetAfter))
        if limit.remaining <= 0 {
            metrics.lastClose = "no session starts left today"
            wait(until: now + untilReset)
            return []
        }
        // A process that dies again and again before it can store its session must not burn the day's budget.
        if limit.remaining < limit.total / 10, !hasSparedBudget {
            metrics.lastClose = "few session starts left today"
            hasSparedBudget = true
            wait(until: now + min(untilReset / limit.remaining, configuration.timing.identifyMaximum))
            return []
        }
        hasSparedBudget = false
        return connect(to: configuration.url ?? bot.url)
    }

    private mutating func connect(to url: String) -> [Action] {
        phase = .connecting
        metrics.state = .connecting
        if connections > 0 { metrics.reconnects += 1 }
        connections += 1
        return [.connect(url: url)]
    }

    private mutating func greet(at now: Duration) -> [Action] {
        phase = .greeting(until: now + configuration.timing.helloTimeout)
        return []
    }

    private mutating func wait(until: Duration) {
        phase = .waiting(until: until)
        metrics.state = .waiting
    }

    private mutating func fail(_ failure: GatewayFailure) -> [Action] {
        phase = .failed
        heartbeat = nil
        metrics.state = .failed
        metrics.lastClose = "\(failure)"
        return [.fail(failure)]
    }
}

// MARK: - Frames

extension GatewayStateMachine {
    private mutating func handle(
        _ frame: GatewayFrame,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch GatewayFrame.Opcode(rawValue: frame.opcode) {
        case .hello: return hello(frame, at: now, using: &random)
        case .heartbeat: return beat(at: now)
        case .heartbeatAcknowledged:
            if let roundTrip = heartbeat?.acknowledged(at: now) { metrics.heartbeatRoundTrip = roundTrip }
            return []
        case .reconnect: return [.close] + disconnect("Discord asked to reconnect", at: now, using: &random)
        case .invalidSession:
            let isResumable = frame.data.elementsEqual("true".utf8)
            if !isResumable { session = nil }
            let pause = Duration.seconds(
                Double.random(in: configuration.timing.invalidSessionWait, using: &random))
            let why = isResumable ? "Discord asked to resume again" : "Discord ended the session"
            return [.close] + disconnect(why, atLeast: pause, at: now, using: &random)
        case .dispatch: return dispatch(frame, at: now)
        case .identify, .resume, .requestGuildMembers, nil: return []
        }
    }

    private mutating func hello(
        _ frame: GatewayFrame,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        guard case .greeting = phase else { return [] }
        guard let interval = JSONMembers(object: frame.data)?.integer("heartbeat_interval"), interval > 0 else {
            return [.close] + disconnect("unreadable HELLO", at: now, using: &random)
        }
        heartbeat = Heartbeat(
            interval: .milliseconds(interval), jitter: .random(in: 0...1, using: &random), at: now)
        phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        sends.record(at: now)
        if let session {
            metrics.state = .resuming
            return [.resume(session)]
        }
        metrics.state = .identifying
        metrics.identifies += 1
        identifies += 1
        return [.identify]
    }

    private mutating func dispatch(_ frame: GatewayFrame, at now: Duration) -> [Action] {
        guard let name = frame.name, let sequence = frame.sequence else { return [] }
        switch name {
        case "READY":
            guard let ready = try? DiscordJSON.decode(ReadyEvent.self, from: frame.data) else { return [] }
            session = GatewaySession(
                id: ready.sessionID, resumeURL: ready.resumeGatewayURL, sequence: sequence,
                intents: configuration.intents)
            becomeReady(at: now)
        case "RESUMED" where session != nil:
            metrics.resumes += 1
            becomeReady(at: now)
        default:
            // What a replay repeats was delivered before.
            guard let known = session?.sequence, sequence > known else { return [] }
            if case .authenticating = phase {
                phase = .authenticating(until: now + configuration.timing.sessionTimeout)
            }
        }
        guard var position = session else { return [] }
        position.sequence = max(position.sequence, sequence)
        session = position
        metrics.sequence = position.sequence
        return [.deliver(GatewayDispatch(name: name, data: frame.data, position: position))]
    }

    private mutating func becomeReady(at now: Duration) {
        phase = .ready(since: now)
        metrics.state = .ready
        fruitless = 0
    }
}

// MARK: - Time

extension GatewayStateMachine {
    private mutating func tick(
        isReading: Bool,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch phase {
        case .waiting(let until) where until <= now: return begin()
        case .greeting(let until) where until <= now:
            return [.close] + disconnect("no HELLO", at: now, using: &random)
        case .authenticating(let until) where until <= now && isReading:
            return [.close] + disconnect("no READY or RESUMED", at: now, using: &random)
        case .authenticating(let until) where until <= now:
            phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        default: break
        }
        var actions: [Action] = []
        switch heartbeat?.due(at: now, isReading: isReading) {
        case .zombie: return [.close] + disconnect("heartbeat not acknowledged", at: now, using: &random)
        case .beat: actions += beat(at: now)
        case .no, nil: break
        }
        return actions + flushQueue(at: now)
    }

    private mutating func beat(at now: Duration) -> [Action] {
        guard heartbeat != nil, sends.allows(limit: SendWindow.limit, at: now) else { return [] }
        heartbeat?.sent(at: now)
        sends.record(at: now)
        return [.heartbeat(sequence: session?.sequence)]
    }

    private mutating func flushQueue(at now: Duration) -> [Action] {
        var actions: [Action] = []
        while !queue.isEmpty, sends.allows(limit: SendWindow.commandLimit, at: now) {
            sends.record(at: now)
            actions.append(.send(queue.removeFirst()))
        }
        return actions
    }
}

// MARK: - Ends

extension GatewayStateMachine {
    private mutating func closed(
        _ code: Int?,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        if let code, let failure = GatewayFailure(closeCode: code, configuration: configuration) {
            return fail(failure)
        }
        // Not authenticated, invalid sequence, session timed out: this session cannot be resumed.
        if let code, [4003, 4007, 4009].contains(code) { session = nil }
        return disconnect(code.map { "closed with \($0)" } ?? "connection lost", at: now, using: &random)
    }

    private mutating func disconnect(
        _ why: String,
        atLeast minimum: Duration = .zero,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        if case .ready(let since) = phase, now - since >= configuration.timing.stableAfter {
            attempts = 0
            identifies = 0
        }
        fruitless += 1
        if fruitless > Self.attemptsBeforeNewSession { session = nil }
        heartbeat = nil
        sends = SendWindow()
        queue = []
        metrics.lastClose = why
        let timing = configuration.timing
        var pause = backoff(timing.reconnectBase, attempts, timing.reconnectMaximum, using: &random)
        attempts += 1
        if session == nil {
            pause = max(pause, backoff(timing.identifyBase, identifies, timing.identifyMaximum, using: &random))
        }
        wait(until: now + max(pause, minimum))
        return []
    }

    /// 0 for the first, then doubling, with up to a fifth on top.
    private func backoff(
        _ base: Duration,
        _ count: Int,
        _ maximum: Duration,
        using random: inout some RandomNumberGenerator
    ) -> Duration {
        guard count > 0 else { return .zero }
        return min(base * (1 << min(count - 1, 20)), maximum) * Double.random(in: 1...1.2, using: &random)
    }
}
