import Contracts

extension GatewayStateMachine {
    mutating func handle(
        _ frame: GatewayFrame,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch GatewayFrame.Opcode(rawValue: frame.opcode) {
        case .hello: return hello(frame, at: now, using: &random)
        // Whoever asks for heartbeats all the time leaves room for those that keep the connection.
        case .heartbeat: return beat(limit: SendWindow.commandLimit, at: now)
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
        case .dispatch: return dispatch(frame, at: now, using: &random)
        case .identify, .resume, .requestGuildMembers: return malformed("op \(frame.opcode), which only clients send")
        // New opcodes may come at any time.
        case nil: return malformed("unknown op \(frame.opcode)")
        }
    }

    /// Counted and left out. If it was a dispatch, then the next one shows that it is missing.
    mutating func malformed(_ reason: String) -> [Action] {
        metrics.malformed += 1
        return [.record(reason)]
    }

    private mutating func dispatch(
        _ frame: GatewayFrame,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        guard let name = frame.name, let sequence = frame.sequence, sequence > 0 else {
            return malformed("a dispatch without its name or sequence")
        }
        switch (name, phase) {
        case ("READY", .authenticating): return ready(frame.data, sequence: sequence, at: now, using: &random)
        case ("RESUMED", .authenticating) where session != nil:
            metrics.resumes += 1
            becomeReady(at: now)
            return deliver(name, frame.data, sequence: sequence) + sendRequests(at: now)
        case (_, .authenticating), (_, .ready): break
        default: return malformed("a dispatch before the session")
        }
        guard let known = session?.sequence else { return malformed("a dispatch before READY") }
        // What a replay repeats was delivered before.
        guard sequence > known else {
            metrics.duplicates += 1
            return []
        }
        if sequence - known > 1, let actions = missing(at: now, using: &random) { return actions }
        if case .authenticating = phase {
            phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        }
        isFruitful = true
        return deliver(name, frame.data, sequence: sequence) + answers(name, frame.data, at: now)
    }

    private mutating func ready(
        _ data: [UInt8],
        sequence: Int,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        guard let ready = try? DiscordJSON.decode(SessionStart.self, from: data) else {
            session = nil
            return malformed("unreadable READY") + [.close] + disconnect("unreadable READY", at: now, using: &random)
        }
        session = GatewaySession(
            id: ready.sessionID, resumeURL: ready.resumeURL, sequence: 0, intents: configuration.intents,
            shardCount: configuration.shard.count)
        becomeReady(at: now)
        return deliver("READY", data, sequence: sequence) + sendRequests(at: now)
    }

    /// An event did not come. A resume brings it; if it does not, then only a new session makes everything right.
    /// Nil: go on all the same.
    private mutating func missing(at now: Duration, using random: inout some RandomNumberGenerator) -> [Action]? {
        metrics.gaps += 1
        if gap != session {
            gap = session
            return [.record("an event is missing"), .close]
                + disconnect("an event was missing", at: now, using: &random)
        }
        if let last = lastGapSession, now - last < configuration.timing.gapSessionEvery { return nil }
        lastGapSession = now
        session = nil
        return [.record("an event is missing for good"), .close]
            + disconnect("an event stayed missing", at: now, using: &random)
    }

    private mutating func deliver(_ name: String, _ data: [UInt8], sequence: Int) -> [Action] {
        guard var position = session else { return [] }
        position.sequence = max(position.sequence, sequence)
        session = position
        metrics.sequence = position.sequence
        return [.deliver(GatewayDispatch(name: name, data: data, position: position))]
    }

    private mutating func becomeReady(at now: Duration) {
        phase = .ready(since: now)
        metrics.state = .ready
        fruitless = 0
        isLastTry = false
    }
}

/// What a resume needs of READY. The rest may be anything.
/// Source: <https://discord.com/developers/docs/events/gateway-events#ready>
private struct SessionStart: Decodable {
    var sessionID: String
    var resumeURL: String

    enum CodingKeys: String, CodingKey {
        case sessionID = "session_id"
        case resumeURL = "resume_gateway_url"
    }
}
