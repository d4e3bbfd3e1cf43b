import Contracts

/// Whose command an id stands for: the same id with another claim is refused.
struct CommandClaim: Hashable, Sendable {
    let keyID: String
    let tenant: String
    let tool: String
    /// SHA-256 over the canonical arguments, as the command carries it.
    let argumentsDigest: [UInt8]

    init(_ command: WireCommand) {
        keyID = command.principal.keyID
        tenant = command.principal.tenant
        tool = command.tool
        argumentsDigest = Array(command.argumentsDigest)
    }

    init(keyID: String, tenant: String, tool: String, argumentsDigest: [UInt8]) {
        self.keyID = keyID
        self.tenant = tenant
        self.tool = tool
        self.argumentsDigest = argumentsDigest
    }
}

/// One command in the ledger.
struct LedgerEntry: Hashable, Sendable {
    let id: MessageID
    let claim: CommandClaim
    let effect: PlannedEffect
    let reason: String
    /// Unix milliseconds.
    let createdAt: Int64
    var state: LedgerState
    /// Of the intent in the audit log; 0: none is known.
    var auditSequence: UInt64
    /// Set when the command has ended in any way.
    var outcome: CommandOutcome?
    /// Whether the audit log has the outcome.
    var isOutcomeRecorded: Bool
    /// When a command in doubt is looked for again, in unix milliseconds.
    var nextLookAt: Int64

    init(id: MessageID, claim: CommandClaim, effect: PlannedEffect, reason: String, createdAt: Int64) {
        self.id = id
        self.claim = claim
        self.effect = effect
        self.reason = reason
        self.createdAt = createdAt
        state = .received
        auditSequence = 0
        outcome = nil
        isOutcomeRecorded = false
        nextLookAt = 0
    }
}
