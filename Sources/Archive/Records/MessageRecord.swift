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
    /// Discord's message object as it came.
    public var json: String

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
        json: String = "{}"
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
        self.json = json
    }
}
