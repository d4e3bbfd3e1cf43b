import Contracts

/// Where a command stands. Each state is on disk before the step after it begins.
///
/// There is no state between "the intent is durable" and "Discord is called": nothing happens between the two, so one
/// write says both. A command that was only received has certainly not reached Discord.
public enum LedgerState: String, Sendable, CaseIterable {
    /// The intent is about to be written; Discord was not called.
    case received
    /// The intent is durable; Discord may have been called.
    case executing
    case done
    /// Discord said no. Asked again, the command gets the same answer.
    case refused
    /// Nothing was done, for a reason that passes. Asked again, the command begins anew.
    case undone
    /// The effect is not known and could not be found out yet.
    case inDoubt = "in_doubt"
    /// The effect could not be found out for as long as a command is remembered: nobody looks any more.
    case unresolved
}

/// What to do with a command that comes in.
enum LedgerAdmission: Hashable {
    case begin
    case replay(CommandOutcome)
    /// An earlier run left its effect open: find out first, then ask again.
    case settleFirst
    /// The id was used for something else.
    case conflict
}

/// How a run of a command ends.
enum CommandEnding: Hashable {
    case done(CommandResult)
    case refused(WireError)
    case undone(WireError)
    case inDoubt(WireError)
    case unresolved(WireError)
}

/// The rules of the ledger, without a disk.
enum LedgerStateMachine {
    static func admit(_ entry: LedgerEntry?, claim: CommandClaim) -> LedgerAdmission {
        guard let entry else { return .begin }
        guard entry.claim == claim else { return .conflict }
        switch (entry.state, entry.outcome) {
        case (.done, let outcome?), (.refused, let outcome?), (.unresolved, let outcome?): return .replay(outcome)
        case (.undone, _): return .begin
        case (.received, _), (.executing, _), (.inDoubt, _), (.done, nil), (.refused, nil), (.unresolved, nil):
            return .settleFirst
        }
    }

    /// nil: such a command must not be called now.
    static func executing(_ entry: LedgerEntry, auditSequence: UInt64) -> LedgerEntry? {
        guard entry.state == .received else { return nil }
        var next = entry
        next.state = .executing
        next.auditSequence = auditSequence
        return next
    }

    /// nil: the entry has ended before, or Discord cannot have answered yet.
    static func ended(_ entry: LedgerEntry, _ ending: CommandEnding) -> LedgerEntry? {
        var next = entry
        next.isOutcomeRecorded = false
        switch (entry.state, ending) {
        case (.executing, .done(let result)), (.inDoubt, .done(let result)):
            next.state = .done
            next.outcome = .done(result)
        case (.executing, .refused(let error)):
            next.state = .refused
            next.outcome = .refused(StoredError(error))
        case (.received, .undone(let error)), (.executing, .undone(let error)), (.inDoubt, .undone(let error)):
            next.state = .undone
            next.outcome = .refused(StoredError(error))
        case (.executing, .inDoubt(let error)):
            next.state = .inDoubt
            next.outcome = .refused(StoredError(error))
        case (.inDoubt, .unresolved(let error)):
            next.state = .unresolved
            next.outcome = .refused(StoredError(error))
        case (.done, _), (.refused, _), (.undone, _), (.received, _), (.executing, _), (.inDoubt, _), (.unresolved, _):
            return nil
        }
        return next
    }

    /// After a look that showed nothing. The wait is the command's age, so it doubles from look to look, within 15 s and
    /// 1 h: Discord blocks a bot whose requests it often refuses.
    /// Source: <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>
    ///
    /// - Parameter now: unix milliseconds.
    /// - Returns: nil: the command is not in doubt.
    static func lookedInVain(_ entry: LedgerEntry, now: Int64) -> LedgerEntry? {
        guard entry.state == .inDoubt else { return nil }
        var next = entry
        next.nextLookAt = now + min(max(now - entry.createdAt, 15_000), 3_600_000)
        return next
    }
}
