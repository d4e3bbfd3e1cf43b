public import Contracts

/// A page of a guild's audit log, newest first. Discord keeps 45 days.
/// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-object>
public struct AuditLogPage: Hashable, Sendable, Codable {
    public var entries: [AuditLogEntry]?
    public var users: [User]?

    enum CodingKeys: String, CodingKey {
        case users
        case entries = "audit_log_entries"
    }
}

/// One act in a guild: also the payload of `GUILD_AUDIT_LOG_ENTRY_CREATE`.
/// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object>
public struct AuditLogEntry: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var guildID: Snowflake?
    /// The account that acted.
    public var userID: Snowflake?
    /// A user, message, role, ... as the action says; not always a snowflake.
    public var targetID: String?
    public var actionType: Int?
    public var reason: String?
    public var changes: [JSONValue]?
    public var options: JSONValue?

    enum CodingKeys: String, CodingKey {
        case id, reason, changes, options
        case guildID = "guild_id"
        case userID = "user_id"
        case targetID = "target_id"
        case actionType = "action_type"
    }
}
