public import Contracts
import Logging

extension ModerationService {
    /// Finds out what became of every command that a crash or a cut connection left open, records what is missing in
    /// the audit log and forgets what is older than a day. Called at the start and then regularly.
    ///
    /// A command that stays in doubt is looked for ever more seldom, and no longer than it is remembered.
    ///
    /// - Returns: how many commands are still in doubt.
    @discardableResult
    public func settleOpenCommands() async throws(WireError) -> Int {
        for entry in try await ledger.unfinishedEntries(limit: Self.settlementBatch, now: now()) {
            // Through the gate: a command that is being done right now is under way, and not left open.
            _ = await gate.once(entry.id, claim: entry.claim) {
                do throws(WireError) {
                    guard let current = try await ledger.entry(entry.id) else { return CommandAnswer(.inDoubt(entry)) }
                    return Self.answer(try await close(current, looksOnlyWhenDue: true))
                } catch {
                    return CommandAnswer(error)
                }
            }
            // Each record waits for the audit log: while it is away the rest can wait as well.
            if try await ledger.entry(entry.id)?.isOutcomeRecorded == false { break }
        }
        _ = try await ledger.purge(before: now() - Self.memoryMilliseconds)
        return try await ledger.countInDoubt()
    }

    private static let settlementBatch = 1000
    private static let memoryMilliseconds = memory.components.seconds * 1000

    /// Settles a command and sees that its outcome is in the audit log.
    ///
    /// - Parameter looksOnlyWhenDue: keeps to the back-off. A caller who asks is looked for at once.
    func close(_ entry: LedgerEntry, looksOnlyWhenDue: Bool = false) async throws(WireError) -> LedgerEntry {
        let waits = looksOnlyWhenDue && entry.state == .inDoubt && entry.nextLookAt > now()
        let settled = waits ? entry : try await settle(entry)
        if !settled.isOutcomeRecorded { await recordOutcome(of: settled, trace: .none) }
        return settled
    }

    /// Brings one open command to its end, or leaves it in doubt. Never calls Discord to change anything.
    private func settle(_ entry: LedgerEntry) async throws(WireError) -> LedgerEntry {
        var ending: CommandEnding
        switch entry.state {
        case .received:
            ending = .undone(
                WireError(
                    .unavailable, "The executor ended before Discord was called. Nothing was done.", hint: "Try again.")
            )
        case .executing, .inDoubt:
            ending = await findOut(entry)
            if entry.state == .inDoubt, case .inDoubt = ending {
                guard now() - entry.createdAt >= Self.memoryMilliseconds else {
                    return try await ledger.lookedInVain(entry.id, now: now())
                }
                ending = .unresolved(.unresolved(entry))
            }
        case .done, .refused, .undone, .unresolved:
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
        case .unclear: .inDoubt(.inDoubt(entry))
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
