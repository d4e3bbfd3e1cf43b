public import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object>
public struct ScheduledEvent: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var guildID: Snowflake?
    public var channelID: Snowflake?
    public var creatorID: Snowflake?
    public var name: String?
    public var description: String?
    public var scheduledStartTime: Timestamp?
    public var scheduledEndTime: Timestamp?
    /// 1 scheduled, 2 active, 3 completed, 4 cancelled.
    public var status: Int?
    public var entityType: Int?
    public var userCount: Int?

    enum CodingKeys: String, CodingKey {
        case id, name, description, status
        case guildID = "guild_id"
        case channelID = "channel_id"
        case creatorID = "creator_id"
        case scheduledStartTime = "scheduled_start_time"
        case scheduledEndTime = "scheduled_end_time"
        case entityType = "entity_type"
        case userCount = "user_count"
    }
}

/// Somebody interested in an event.
public struct ScheduledEventUser: Hashable, Sendable, Decodable {
    public var user: User?
    public var member: Member?
}
