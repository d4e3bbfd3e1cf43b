public import Contracts

/// A message as the archive keeps it.
public struct MessageRecord: Hashable, Sendable {
    public var id: Snowflake
    public var channelID: Snowflake
    public var guildID: Snowflake
    public var authorID: Snowflake
    public var authorName: String
    public var authorIsBot: Bool
    public var content: String
    /// Unix milliseconds; nil: never edited.
    public var editedAt: Int64?
    /// Discord's message type number.
    public var type: Int
    public var isPinned: Bool
    public var hasAttachments: Bool
    public var hasEmbeds: Bool
    public var replyTo: Snowflake?
    /// Nil: whoever told of the message did not count them.
    public var reactions: [ReactionRecord]?
    /// Discord's message object as it came: UTF-8.
    public var json: [UInt8]

    public init(
        id: Snowflake,
        channelID: Snowflake,
        guildID: Snowflake,
        authorID: Snowflake,
        authorName: String,
        authorIsBot: Bool = false,
        content: String,
        editedAt: Int64? = nil,
        type: Int = 0,
        isPinned: Bool = false,
        hasAttachments: Bool = false,
        hasEmbeds: Bool = false,
        replyTo: Snowflake? = nil,
        reactions: [ReactionRecord]? = nil,
        json: [UInt8] = Array("{}".utf8)
    ) {
        self.id = id
        self.channelID = channelID
        self.guildID = guildID
        self.authorID = authorID
        self.authorName = authorName
        self.authorIsBot = authorIsBot
        self.content = content
        self.editedAt = editedAt
        self.type = type
        self.isPinned = isPinned
        self.hasAttachments = hasAttachments
        self.hasEmbeds = hasEmbeds
        self.replyTo = replyTo
        self.reactions = reactions
        self.json = json
    }
}
