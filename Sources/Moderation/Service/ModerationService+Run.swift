import Contracts
import Logging

extension ModerationService {
    /// From the ledger to the answer. Each step is durable before the next begins.
    func run(
        _ entry: LedgerEntry,
        _ order: CommandOrder,
        _ request: CommandRequest
    ) async throws(WireError) -> CommandAnswer {
        try await ledger.receive(entry)
        let executing: LedgerEntry
        do {
            try checkDeadline(request)
            let sequence = try await journal.append(.intent(entry, trace: request.trace, at: now()))
            // The audit log may have taken its time.
            try checkDeadline(request)
            executing = try await ledger.execute(entry.id, auditSequence: sequence)
        } catch {
            let undone = try await ledger.end(entry.id, .undone(error))
            // While the audit log is away the ledger keeps the outcome for it.
            if error.code != .auditUnavailable { await recordOutcome(of: undone, trace: request.trace) }
            throw error
        }
        let startedAt = now()
        let ending = await carryOut(executing, order, request)
        let ended = try await finish(executing, ending)
        await recordOutcome(of: ended, trace: request.trace, startedAt: startedAt)
        return Self.answer(ended)
    }

    /// Calls Discord, and looks when its answer does not come.
    private func carryOut(
        _ entry: LedgerEntry,
        _ order: CommandOrder,
        _ request: CommandRequest
    ) async -> CommandEnding {
        let tag = CommandTag(entry.id)
        do {
            switch order {
            case .send(let draft):
                return .done(.posted(try await discord.post(draft, tag: tag, deadline: request.deadline)))
            case .moderate:
                try await discord.carryOut(
                    entry.effect, auditReason: tag.auditReason(entry.reason), deadline: request.deadline)
                return .done(.moderated(alreadyDone: false))
            }
        } catch {
            switch error {
            case .gone: return .done(.moderated(alreadyDone: true))
            case .refused(let error): return .refused(error)
            case .notDone(let error): return .undone(error)
            case .unknown: return await findOut(entry)
            }
        }
    }

    /// The effect is there or not, whatever becomes of the ledger: the caller hears the truth.
    private func finish(_ entry: LedgerEntry, _ ending: CommandEnding) async throws(WireError) -> LedgerEntry {
        do {
            return try await ledger.end(entry.id, ending)
        } catch {
            logger.critical(
                "command ended but the ledger could not be written; it is settled at the next start",
                metadata: [LogKey.commandID: "\(entry.id)", LogKey.error: "\(error)"])
            guard let ended = LedgerStateMachine.ended(entry, ending) else { throw .inDoubt(entry) }
            return ended
        }
    }

    static func answer(_ entry: LedgerEntry) -> CommandAnswer {
        switch (entry.state, entry.outcome) {
        case (.done, let outcome?), (.refused, let outcome?), (.undone, let outcome?), (.inDoubt, let outcome?),
            (.unresolved, let outcome?):
            CommandAnswer(entry, outcome: outcome, replayed: false)
        case (.received, _), (.executing, _), (_, nil):
            CommandAnswer(.inDoubt(entry), auditSequence: entry.auditSequence)
        }
    }
}
