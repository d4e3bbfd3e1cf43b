public import Contracts

/// A file of a message. The URL is signed and ends: keep the id, ask for the message again.
/// Source: <https://discord.com/developers/docs/resources/message#attachment-object>
public struct Attachment: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var filename: String?
    public var title: String?
    public var description: String?
    public var contentType: String?
    /// Bytes.
    public var size: Int?
    public var url: String?
    public var width: Int?
    public var height: Int?

    enum CodingKeys: String, CodingKey {
        case id, filename, title, description, size, url, width, height
        case contentType = "content_type"
    }
}

/// The message that a reply, forward, pin or crosspost points to.
/// Source: <https://discord.com/developers/docs/resources/message#message-reference-object>
public struct MessageReference: Hashable, Sendable, Codable {
    /// 0 (or absent) reply, 1 forward.
    public var type: Int?
    public var messageID: Snowflake?
    public var channelID: Snowflake?
    public var guildID: Snowflake?

    public init(type: Int? = nil, messageID: Snowflake, channelID: Snowflake? = nil, guildID: Snowflake? = nil) {
        self.type = type
        self.messageID = messageID
        self.channelID = channelID
        self.guildID = guildID
    }

    enum CodingKeys: String, CodingKey {
        case type
        case messageID = "message_id"
        case channelID = "channel_id"
        case guildID = "guild_id"
    }
}

/// The part of a replied-to message that an answer needs; its own reply is left out.
public struct ReferencedMessage: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var channelID: Snowflake?
    public var author: User?
    public var content: String?

    enum CodingKeys: String, CodingKey {
        case id, author, content
        case channelID = "channel_id"
    }
}

/// What a forward shows of the message that was forwarded.
/// Source: <https://discord.com/developers/docs/resources/message#message-snapshot-object>
public struct MessageSnapshot: Hashable, Sendable, Codable {
    /// The forwarded message without its author.
    public struct Content: Hashable, Sendable, Codable {
        public var content: String?
        public var timestamp: Timestamp?
        public var attachments: [Attachment]?
        public var embeds: [JSONValue]?
    }

    public var message: Content?
}

/// Source: <https://discord.com/developers/docs/resources/message#reaction-object>
public struct Reaction: Hashable, Sendable, Codable {
    public var count: Int?
    public var me: Bool?
    public var emoji: Emoji?
}

/// A custom emoji (with an id) or a unicode one (only a name).
/// Source: <https://discord.com/developers/docs/resources/emoji#emoji-object>
public struct Emoji: Hashable, Sendable, Codable {
    public var id: Snowflake?
    public var name: String?
    public var animated: Bool?
}

/// Source: <https://discord.com/developers/docs/resources/sticker#sticker-item-object>
public struct StickerItem: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var name: String?
}
