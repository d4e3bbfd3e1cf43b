import Contracts

/// One run of a command id at a time: whoever brings the same command meanwhile waits for the first one's answer.
actor CommandGate {
    private struct Run {
        let claim: CommandClaim
        var waiters: [CheckedContinuation<CommandAnswer, Never>] = []
    }

    private var runs: [MessageID: Run] = [:]

    func once(
        _ id: MessageID,
        claim: CommandClaim,
        _ body: @Sendable () async -> CommandAnswer
    ) async -> CommandAnswer {
        if let run = runs[id] {
            guard run.claim == claim else { return CommandAnswer(.idempotencyConflict) }
            var answer = await withCheckedContinuation { runs[id]?.waiters.append($0) }
            answer.reply.replayed = true
            return answer
        }
        runs[id] = Run(claim: claim)
        let answer = await body()
        for waiter in runs.removeValue(forKey: id)?.waiters ?? [] { waiter.resume(returning: answer) }
        return answer
    }
}

extension WireError {
    static var idempotencyConflict: WireError {
        WireError(
            .idempotencyConflict, "This idempotency_key was used before with other arguments.",
            hint: "Repeat the first call exactly, or choose a new key.")
    }
}
