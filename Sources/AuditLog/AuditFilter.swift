/// Which entries a query wants. What is nil does not limit.
public struct AuditFilter: Hashable, Sendable {
    public var kind: String?
    public var keyID: String?
    public var tenant: String?
    public var tool: String?
    public var action: String?
    public var outcome: String?
    public var guildID: String?
    public var channelID: String?
    public var targetID: String?
    public var commandID: String?
    /// Inclusive, unix microseconds.
    public var since: Int64?
    /// Exclusive, unix microseconds.
    public var until: Int64?

    public init() {}

    public func matches(_ entry: AuditEntry, time: Int64) -> Bool {
        func allows(_ wanted: String?, _ value: String?) -> Bool { wanted == nil || wanted == value }
        return allows(kind, entry.kind) && allows(keyID, entry.keyID) && allows(tenant, entry.tenant)
            && allows(tool, entry.tool) && allows(action, entry.action) && allows(outcome, entry.outcome)
            && allows(guildID, entry.guildID) && allows(channelID, entry.channelID)
            && allows(commandID, entry.commandID)
            && (targetID.map { entry.targetIDs?.contains($0) ?? false } ?? true)
            && (since.map { time >= $0 } ?? true) && (until.map { time < $0 } ?? true)
    }
}
