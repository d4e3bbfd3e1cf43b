public import Contracts

/// A message: REST's object and the payload of `MESSAGE_CREATE` and `MESSAGE_UPDATE` (which add guild and member).
/// Source: <https://discord.com/developers/docs/resources/message#message-object>
public struct Message: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var channelID: Snowflake
    public var guildID: Snowflake?
    public var author: User?
    /// Of the author, without `user`; gateway only.
    public var member: Member?
    /// Empty when the app may not read content, too: see `ApplicationFlags.seesMessageContent`.
    public var content: String?
    public var timestamp: Timestamp?
    public var editedTimestamp: Timestamp?
    public var type: MessageType?
    public var flags: Int?
    public var pinned: Bool?
    public var mentionEveryone: Bool?
    public var mentions: [User]?
    public var mentionRoles: [Snowflake]?
    public var attachments: [Attachment]?
    /// As Discord sent them.
    public var embeds: [JSONValue]?
    public var components: [JSONValue]?
    public var poll: JSONValue?
    public var stickerItems: [StickerItem]?
    public var reactions: [Reaction]?
    public var webhookID: Snowflake?
    public var messageReference: MessageReference?
    public var referencedMessage: ReferencedMessage?
    /// What a forward carries.
    public var messageSnapshots: [MessageSnapshot]?
    /// The thread that was started from this message.
    public var thread: Channel?
    public var nonce: JSONValue?

    public init(id: Snowflake, channelID: Snowflake, content: String? = nil, author: User? = nil) {
        self.id = id
        self.channelID = channelID
        self.content = content
        self.author = author
    }

    enum CodingKeys: String, CodingKey {
        case id, author, member, content, timestamp, type, flags, pinned, mentions, attachments, embeds, components
        case poll, reactions, thread, nonce
        case channelID = "channel_id"
        case guildID = "guild_id"
        case editedTimestamp = "edited_timestamp"
        case mentionEveryone = "mention_everyone"
        case mentionRoles = "mention_roles"
        case stickerItems = "sticker_items"
        case webhookID = "webhook_id"
        case messageReference = "message_reference"
        case referencedMessage = "referenced_message"
        case messageSnapshots = "message_snapshots"
    }
}

/// Discord's message type number; types that we do not know survive as numbers.
/// Source: <https://discord.com/developers/docs/resources/message#message-object-message-types>
public struct MessageType: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let normal = MessageType(rawValue: 0)
    public static let pinned = MessageType(rawValue: 6)
    public static let join = MessageType(rawValue: 7)
    public static let reply = MessageType(rawValue: 19)
    public static let autoModerationAction = MessageType(rawValue: 24)

    /// Whether anybody may delete such a message at all.
    public var isDeletable: Bool { !(1...5).contains(rawValue) && rawValue != 21 }
}
