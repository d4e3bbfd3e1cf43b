public import Contracts

/// `MESSAGE_DELETE`: carries no content.
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-delete>
public struct MessageDeleteEvent: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var channelID: Snowflake
    public var guildID: Snowflake?

    enum CodingKeys: String, CodingKey {
        case id
        case channelID = "channel_id"
        case guildID = "guild_id"
    }
}

/// `MESSAGE_DELETE_BULK`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-delete-bulk>
public struct MessageDeleteBulkEvent: Hashable, Sendable, Codable {
    public var ids: [Snowflake]
    public var channelID: Snowflake
    public var guildID: Snowflake?

    enum CodingKeys: String, CodingKey {
        case ids
        case channelID = "channel_id"
        case guildID = "guild_id"
    }
}

/// `MESSAGE_REACTION_ADD`, `..._REMOVE`, `..._REMOVE_ALL` (no user, no emoji) and `..._REMOVE_EMOJI` (no user).
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-reaction-add>
public struct MessageReactionEvent: Hashable, Sendable, Codable {
    public var messageID: Snowflake
    public var channelID: Snowflake
    public var guildID: Snowflake?
    public var userID: Snowflake?
    public var emoji: Emoji?

    enum CodingKeys: String, CodingKey {
        case emoji
        case messageID = "message_id"
        case channelID = "channel_id"
        case guildID = "guild_id"
        case userID = "user_id"
    }
}
