public import Contracts
public import JSONCore

/// What an index needs of `MESSAGE_CREATE` and `MESSAGE_UPDATE`; the rest of the object is skipped.
/// Source: <https://discord.com/developers/docs/events/gateway-events#message-create>
public struct ArrivedMessage: Hashable, Sendable, JSONReadable {
    public var id: Snowflake
    public var channelID: Snowflake
    /// Nil: a direct message.
    public var guildID: Snowflake?
    public var author: User?
    /// The author's nickname in the guild.
    public var nick: String?
    public var content = ""
    public var editedTimestamp: Timestamp?
    public var type = MessageType.normal
    public var isPinned = false
    public var hasAttachments = false
    public var hasEmbeds = false
    public var webhookID: Snowflake?
    /// The message that this one replies to; a forward has a reference too, but is no reply.
    public var replyTo: Snowflake?
    /// Nil: not told.
    public var reactions: [Reaction]?

    public init(json cursor: inout JSONCursor) throws {
        var id: Snowflake?
        var channelID: Snowflake?
        var guildID: Snowflake?
        var author: User?
        var nick: String?
        var content = ""
        var edited: Timestamp?
        var type = MessageType.normal
        var isPinned = false
        var hasAttachments = false
        var hasEmbeds = false
        var webhookID: Snowflake?
        var replyTo: Snowflake?
        var reactions: [Reaction]?
        try cursor.members { name, cursor in
            switch name {
            case "id": id = try cursor.snowflake()
            case "type": type = MessageType(rawValue: try cursor.optionalInteger() ?? 0)
            case "author": if try !cursor.takesNull() { author = try User(json: &cursor) }
            case "member":
                try cursor.optionalMembers { name, cursor in
                    if name == "nick" { nick = try cursor.optionalString() }
                }
            case "pinned": isPinned = try cursor.optionalBool() ?? false
            case "content": content = try cursor.optionalString() ?? ""
            case "guild_id": guildID = try cursor.optionalSnowflake()
            case "channel_id": channelID = try cursor.snowflake()
            case "webhook_id": webhookID = try cursor.optionalSnowflake()
            case "embeds": hasEmbeds = try cursor.skipsContent()
            case "attachments": hasAttachments = try cursor.skipsContent()
            case "edited_timestamp": edited = try cursor.optionalTimestamp()
            case "message_reference": replyTo = try cursor.repliedMessage()
            case "reactions": if try !cursor.takesNull() { reactions = try cursor.reactions() }
            default: break
            }
        }
        self.id = try cursor.required(id)
        self.channelID = try cursor.required(channelID)
        self.guildID = guildID
        self.author = author
        self.nick = nick
        self.content = content
        editedTimestamp = edited
        self.type = type
        self.isPinned = isPinned
        self.hasAttachments = hasAttachments
        self.hasEmbeds = hasEmbeds
        self.webhookID = webhookID
        self.replyTo = replyTo
        self.reactions = reactions
    }
}

extension User: JSONReadable {
    /// Id, names and kind.
    public init(json cursor: inout JSONCursor) throws {
        var id: Snowflake?
        var username: String?
        var globalName: String?
        var bot: Bool?
        try cursor.members { name, cursor in
            switch name {
            case "id": id = try cursor.snowflake()
            case "username": username = try cursor.optionalString()
            case "global_name": globalName = try cursor.optionalString()
            case "bot": bot = try cursor.optionalBool()
            default: break
            }
        }
        self.init(id: try cursor.required(id), username: username, globalName: globalName, bot: bot)
    }
}

extension JSONCursor {
    fileprivate mutating func repliedMessage() throws -> Snowflake? {
        var id: Snowflake?
        var type = 0
        try optionalMembers { name, cursor in
            switch name {
            case "message_id": id = try cursor.optionalSnowflake()
            case "type": type = try cursor.optionalInteger() ?? 0
            default: break
            }
        }
        return type == 0 ? id : nil
    }

    fileprivate mutating func reactions() throws -> [Reaction] {
        var reactions: [Reaction] = []
        try elements { cursor in
            var reaction = Reaction()
            try cursor.members { name, cursor in
                switch name {
                case "count": reaction.count = try cursor.optionalInteger()
                case "emoji": if try !cursor.takesNull() { reaction.emoji = try Emoji(json: &cursor) }
                default: break
                }
            }
            reactions.append(reaction)
        }
        return reactions
    }
}

extension Emoji: JSONReadable {
    public init(json cursor: inout JSONCursor) throws {
        var id: Snowflake?
        var text: String?
        var animated: Bool?
        try cursor.members { name, cursor in
            switch name {
            case "id": id = try cursor.optionalSnowflake()
            case "name": text = try cursor.optionalString()
            case "animated": animated = try cursor.optionalBool()
            default: break
            }
        }
        self.init(id: id, name: text, animated: animated)
    }
}
