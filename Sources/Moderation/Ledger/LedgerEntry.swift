public import Contracts

/// Whose command an id stands for: the same id with another claim is refused.
public struct CommandClaim: Hashable, Sendable {
    public let keyID: String
    public let tenant: String
    public let tool: String
    /// SHA-256 over the canonical arguments, as the command carries it.
    public let argumentsDigest: [UInt8]

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
public struct LedgerEntry: Hashable, Sendable {
    public let id: MessageID
    public let claim: CommandClaim
    public let effect: PlannedEffect
    public let reason: String
    /// Unix milliseconds.
    public let createdAt: Int64
    public var state: LedgerState
    /// Of the intent in the audit log; 0: none is known.
    public var auditSequence: UInt64
    /// Set when the command has ended in any way.
    public var outcome: CommandOutcome?
    /// Whether the audit log has the outcome.
    public var isOutcomeRecorded: Bool

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
    }
}
