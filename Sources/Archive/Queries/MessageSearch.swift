public import Contracts

/// Which messages are searched for. All conditions must hold; bounds are exclusive.
public struct MessageSearch: Hashable, Sendable {
    public var query: SearchQuery
    /// Where to look. Nothing outside these channels is ever found or counted.
    public var channels: [Snowflake]
    public var author: Snowflake?
    public var hasAttachments: Bool?
    public var hasEmbeds: Bool?
    public var pinnedOnly: Bool
    public var before: Snowflake?
    public var after: Snowflake?
    /// 1...100
    public var limit: Int

    public init(
        query: SearchQuery,
        channels: [Snowflake],
        author: Snowflake? = nil,
        hasAttachments: Bool? = nil,
        hasEmbeds: Bool? = nil,
        pinnedOnly: Bool = false,
        before: Snowflake? = nil,
        after: Snowflake? = nil,
        limit: Int
    ) {
        self.query = query
        self.channels = channels
        self.author = author
        self.hasAttachments = hasAttachments
        self.hasEmbeds = hasEmbeds
        self.pinnedOnly = pinnedOnly
        self.before = before
        self.after = after
        self.limit = limit
    }
}

/// What a search found, and what it could have found.
public struct MessageSearchResult: Hashable, Sendable {
    /// Counting stops there: a common word must not cost more than a rare one.
    public static let maximumTotal = 1000

    /// Newest first.
    public var messages: [MessageRecord]
    public var total: Int
    /// There are at least `total` messages, perhaps more.
    public var totalIsMinimum: Bool
    /// The oldest message that is archived in the searched channels.
    public var oldestSeen: Snowflake?
    /// The searched channels whose messages are not all archived, from the first to the newest.
    public var incompleteChannels: [Snowflake]
}
