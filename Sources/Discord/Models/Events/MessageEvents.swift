public import Contracts
public import JSONCore

/// `MESSAGE_DELETE` and `MESSAGE_DELETE_BULK`: which messages are gone; their content is not told.
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-delete-bulk>
public struct MessagesDeletedEvent: Hashable, Sendable, JSONReadable {
    public var ids: [Snowflake]
    public var channelID: Snowflake
    public var guildID: Snowflake?

    public init(json cursor: inout JSONCursor) throws {
        var ids: [Snowflake]?
        var channelID: Snowflake?
        var guildID: Snowflake?
        try cursor.members { name, cursor in
            switch name {
            case "id": ids = [try cursor.snowflake()]
            case "ids": ids = try cursor.snowflakes()
            case "channel_id": channelID = try cursor.snowflake()
            case "guild_id": guildID = try cursor.optionalSnowflake()
            default: break
            }
        }
        self.ids = try cursor.required(ids)
        self.channelID = try cursor.required(channelID)
        self.guildID = guildID
    }
}

/// `MESSAGE_REACTION_ADD`, `..._REMOVE`, `..._REMOVE_ALL` (no user, no emoji) and `..._REMOVE_EMOJI` (no user).
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-reaction-add>
public struct MessageReactionEvent: Hashable, Sendable, JSONReadable {
    public var messageID: Snowflake
    public var channelID: Snowflake
    public var guildID: Snowflake?
    public var userID: Snowflake?
    public var emoji: Emoji?

    public init(json cursor: inout JSONCursor) throws {
        var messageID: Snowflake?
        var channelID: Snowflake?
        var guildID: Snowflake?
        var userID: Snowflake?
        var emoji: Emoji?
        try cursor.members { name, cursor in
            switch name {
            case "message_id": messageID = try cursor.snowflake()
            case "channel_id": channelID = try cursor.snowflake()
            case "guild_id": guildID = try cursor.optionalSnowflake()
            case "user_id": userID = try cursor.optionalSnowflake()
            case "emoji": if try !cursor.takesNull() { emoji = try Emoji(json: &cursor) }
            default: break
            }
        }
        self.messageID = try cursor.required(messageID)
        self.channelID = try cursor.required(channelID)
        self.guildID = guildID
        self.userID = userID
        self.emoji = emoji
    }
}

/// `MESSAGE_POLL_VOTE_ADD` and `MESSAGE_POLL_VOTE_REMOVE`.
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-poll-vote-add>
public struct MessagePollVoteEvent: Hashable, Sendable, Codable {
    public var userID: Snowflake
    public var channelID: Snowflake
    public var messageID: Snowflake
    public var guildID: Snowflake?
    public var answerID: Int

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case channelID = "channel_id"
        case messageID = "message_id"
        case guildID = "guild_id"
        case answerID = "answer_id"
    }
}
