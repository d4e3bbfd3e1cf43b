extension GatewayStateMachine {
    mutating func closed(
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

    mutating func disconnect(
        _ why: String,
        atLeast minimum: Duration = .zero,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        if case .ready(let since) = phase, now - since >= configuration.timing.stableAfter {
            attempts = 0
            identifies = 0
        }
        // One that brought something new was worth it: the next need not wait long.
        if isFruitful { attempts = min(attempts, 1) }
        isFruitful = false
        fruitless += 1
        heartbeat = nil
        sends = SendWindow()
        heldUpUntil = nil
        members.connectionEnded(at: now)
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

    mutating func wait(until: Duration) {
        phase = .waiting(until: until)
        metrics.state = .waiting
    }

    mutating func fail(_ failure: GatewayFailure) -> [Action] {
        phase = .failed
        heartbeat = nil
        metrics.state = .failed
        metrics.lastClose = "\(failure)"
        return [.fail(failure)]
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
