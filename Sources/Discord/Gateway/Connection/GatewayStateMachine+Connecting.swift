import Contracts

extension GatewayStateMachine {
    /// IDENTIFY is what the next connection is for.
    var isIdentifying: Bool { session == nil }

    mutating func begin() -> [Action] {
        guard session != nil || configuration.mayIdentify else { return fail(.sessionLost) }
        guard let session, fruitless <= Self.attemptsBeforeNewSession else {
            phase = .asking
            metrics.state = .connecting
            return [.fetchStartLimit]
        }
        return connect(to: session.resumeURL)
    }

    mutating func connect(with bot: GatewayBot, at now: Duration) -> [Action] {
        if let session, !isLastTry {
            // The network may have come back just now.
            isLastTry = true
            return connect(to: session.resumeURL)
        }
        // Discord is there, so it is the session that leads nowhere.
        session = nil
        guard configuration.mayIdentify else { return fail(.sessionLost) }
        maxConcurrency = max(1, bot.sessionStartLimit.maxConcurrency)
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

    mutating func greet(at now: Duration) -> [Action] {
        isFruitful = false
        phase = .greeting(until: now + configuration.timing.helloTimeout)
        return []
    }

    mutating func hello(
        _ frame: GatewayFrame,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        guard case .greeting = phase else { return [] }
        guard let interval = JSONMembers(object: frame.data)?.integer("heartbeat_interval"), interval > 0 else {
            return malformed("unreadable HELLO") + [.close] + disconnect("unreadable HELLO", at: now, using: &random)
        }
        heartbeat = Heartbeat(
            interval: min(.milliseconds(interval), Heartbeat.longestInterval),
            jitter: .random(in: 0...1, using: &random), at: now)
        guard let session else {
            metrics.state = .identifying
            return takeTurn()
        }
        metrics.state = .resuming
        phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        sends.record(at: now)
        return [.resume(session)]
    }

    mutating func takeTurn() -> [Action] {
        phase = .queueing
        let shard = configuration.shard
        return [.takeTurn(.identify(.identify(shard: shard.id, of: shard.count, maxConcurrency: maxConcurrency)))]
    }

    mutating func turn(_ purpose: Purpose, _ answer: GatewayTurnAnswer, at now: Duration) -> [Action] {
        switch (purpose, phase, answer) {
        case (.identify, .queueing, .taken(let wait)):
            guard wait > .zero else { return identify(at: now) }
            phase = .taken(at: now + wait)
            return []
        case (.identify, .queueing, .askAgain(let wait)):
            metrics.lastClose = "too many session starts came to nothing"
            phase = .postponed(until: now + wait)
            return []
        case (.memberList(let id, _), .ready, _):
            members.turnCame(id: id, answer, at: now)
            return sendRequests(at: now)
        default: return []
        }
    }

    mutating func identify(at now: Duration) -> [Action] {
        phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        sends.record(at: now)
        metrics.identifies += 1
        identifies += 1
        return [.identify]
    }
}
