extension GatewayStateMachine {
    mutating func tick(
        isReading: Bool,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        var actions: [Action] = []
        switch phase {
        case .waiting(let until) where until <= now: return begin()
        case .greeting(let until) where until <= now:
            return [.close] + disconnect("no HELLO", at: now, using: &random)
        case .taken(let time) where time <= now: actions += identify(at: now)
        case .postponed(let until) where until <= now: actions += takeTurn()
        case .authenticating(let until) where until <= now && isReading:
            return [.close] + disconnect("no READY or RESUMED", at: now, using: &random)
        case .authenticating(let until) where until <= now:
            phase = .authenticating(until: now + configuration.timing.sessionTimeout)
        default: break
        }
        switch heartbeat?.due(at: now, isReading: isReading) {
        case .zombie: return [.close] + disconnect("heartbeat not acknowledged", at: now, using: &random)
        case .beat: actions += beat(limit: SendWindow.limit, at: now)
        case .no, nil: break
        }
        return actions + sendRequests(at: now)
    }

    mutating func beat(limit: Int, at now: Duration) -> [Action] {
        guard heartbeat != nil, sends.allows(limit: limit, at: now) else { return [] }
        heartbeat?.sent(at: now)
        sends.record(at: now)
        return [.heartbeat(sequence: session?.sequence)]
    }
}
