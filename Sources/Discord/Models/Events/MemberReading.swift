internal import Contracts
public import JSONCore

// The events of members and moderators in one pass: in a raid they come by the thousand.

extension AuditLogEntry: JSONReadable {
    /// Without `changes` and `options`.
    public init(json cursor: inout JSONCursor) throws {
        var entry = AuditLogEntry(id: Snowflake(0))
        try cursor.members { name, cursor in
            switch name {
            case "id": entry.id = try cursor.snowflake()
            case "guild_id": entry.guildID = try cursor.optionalSnowflake()
            case "user_id": entry.userID = try cursor.optionalSnowflake()
            case "target_id": entry.targetID = try cursor.optionalString()
            case "action_type": entry.actionType = try cursor.optionalInteger()
            case "reason": entry.reason = try cursor.optionalString()
            default: break
            }
        }
        guard entry.id.rawValue != 0 else { throw JSONSyntaxError(reason: .missingMember, offset: cursor.offset) }
        self = entry
    }
}

extension GuildMemberEvent: JSONReadable {
    public init(json cursor: inout JSONCursor) throws {
        var guildID: Snowflake?
        var member = Member()
        try cursor.members { name, cursor in
            switch name {
            case "guild_id": guildID = try cursor.optionalSnowflake()
            case "user": if try !cursor.takesNull() { member.user = try User(json: &cursor) }
            case "nick": member.nick = try cursor.optionalString()
            case "roles": if try !cursor.takesNull() { member.roles = try cursor.snowflakes() }
            case "joined_at": member.joinedAt = try cursor.optionalTimestamp()
            case "premium_since": member.premiumSince = try cursor.optionalTimestamp()
            case "communication_disabled_until":
                member.communicationDisabledUntil = try cursor.optionalTimestamp()
            case "pending": member.pending = try cursor.optionalBool()
            case "flags": member.flags = try cursor.optionalInteger()
            default: break
            }
        }
        self.init(guildID: try cursor.required(guildID), member: member)
    }
}
