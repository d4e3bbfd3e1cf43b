public import Contracts
import Logging

extension ModerationService {
    /// Finds out what became of every command that a crash or a cut connection left open, records what is missing in
    /// the audit log and forgets what is older than a day. Called at the start and then regularly.
    ///
    /// - Returns: how many commands are still in doubt.
    @discardableResult
    public func settleOpenCommands() async throws(WireError) -> Int {
        var inDoubt = 0
        for entry in try await ledger.unfinishedEntries(limit: Self.settlementBatch) {
            // Through the gate: a command that is being done right now is under way, and not left open.
            let answer = await gate.once(entry.id, claim: entry.claim) {
                do throws(WireError) {
                    guard let current = try await ledger.entry(entry.id) else { return CommandAnswer(.inDoubt) }
                    return Self.answer(try await close(current))
                } catch {
                    return CommandAnswer(error)
                }
            }
            if answer.reply.error.code == .inDoubt { inDoubt += 1 }
            // Each record waits for the audit log: while it is away the rest can wait as well.
            if try await ledger.entry(entry.id)?.isOutcomeRecorded == false { break }
        }
        let oldest = now() - Self.memory.components.seconds * 1000
        _ = try await ledger.purge(before: oldest)
        return inDoubt
    }

    private static let settlementBatch = 1000

    /// Settles a command and sees that its outcome is in the audit log.
    func close(_ entry: LedgerEntry) async throws(WireError) -> LedgerEntry {
        let settled = try await settle(entry)
        if !settled.isOutcomeRecorded { await recordOutcome(of: settled, trace: .none) }
        return settled
    }

    /// Brings one open command to its end, or leaves it in doubt. Never calls Discord to change anything.
    private func settle(_ entry: LedgerEntry) async throws(WireError) -> LedgerEntry {
        let ending: CommandEnding
        switch entry.state {
        case .received:
            ending = .undone(
                WireError(
                    .unavailable, "The executor ended before Discord was called. Nothing was done.", hint: "Try again.")
            )
        case .executing, .inDoubt:
            ending = await findOut(entry)
            if entry.state == .inDoubt, case .inDoubt = ending { return entry }
        case .done, .refused, .undone:
            return entry
        }
        let ended = try await ledger.end(entry.id, ending)
        logger.notice(
            "open command settled",
            metadata: [LogKey.commandID: "\(entry.id)", LogKey.status: "\(ended.state.rawValue)"])
        return ended
    }

    /// Reads Discord for the effect.
    func findOut(_ entry: LedgerEntry) async -> CommandEnding {
        switch await discord.look(for: entry.effect, tag: CommandTag(entry.id), since: entry.createdAt) {
        case .happened(let message?): .done(.posted(message))
        case .happened(nil): .done(.moderated(alreadyDone: false))
        case .alreadySo: .done(.moderated(alreadyDone: true))
        case .didNotHappen:
            .undone(
                WireError(
                    .discordUnavailable, "Discord did not answer, and a look shows that nothing was done.",
                    hint: "Try again with the same idempotency_key."))
        case .unclear: .inDoubt(.inDoubt)
        }
    }

    /// Writes the outcome that the ledger holds into the audit log. When the log is away the ledger keeps it for later,
    /// so an outcome is written at least once.
    func recordOutcome(of entry: LedgerEntry, trace: TraceContext, startedAt: Int64? = nil) async {
        do throws(WireError) {
            _ = try await journal.append(.outcome(entry, trace: trace, startedAt: startedAt, at: now()))
            try await ledger.markOutcomeRecorded(entry.id)
        } catch {
            logger.error(
                "outcome not recorded yet",
                metadata: [LogKey.commandID: "\(entry.id)", LogKey.error: "\(error.code.name)"])
        }
    }
}
