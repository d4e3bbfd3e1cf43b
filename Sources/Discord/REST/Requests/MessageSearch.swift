public import Contracts

/// A search of Discord's own index. Needs READ_MESSAGE_HISTORY and the MESSAGE_CONTENT intent.
/// Source: <https://discord.com/developers/docs/resources/message#search-guild-messages>
public struct MessageSearch: Hashable, Sendable {
    public enum Order: String, Sendable {
        case newest = "desc"
        case oldest = "asc"
    }

    /// At most 1024 characters.
    public var content: String?
    /// At most 500.
    public var channels: [Snowflake] = []
    /// At most 100.
    public var authors: [Snowflake] = []
    /// `user`, `bot`, `webhook`, each with `-` before it for everything else.
    public var authorTypes: [String] = []
    public var mentions: [Snowflake] = []
    public var mentionsEveryone: Bool?
    public var isPinned: Bool?
    /// `image`, `sound`, `video`, `file`, `sticker`, `embed`, `link`, `poll`, `snapshot`, each also with `-`.
    public var has: [String] = []
    public var linkHosts: [String] = []
    public var fileExtensions: [String] = []
    /// Exclusive ends.
    public var after: Snowflake?
    public var before: Snowflake?
    public var order = Order.newest
    public var byRelevance = false
    /// 1 to 25.
    public var limit = 25
    /// 0 to 9975: a search shows its first 10,000 hits.
    public var offset = 0

    public init(content: String? = nil) {
        self.content = content
    }

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(content, 1...1024, "content")
        limits.count(channels, 0...500, "channel_id")
        limits.count(authors, 0...100, "author_id")
        limits.count(authorTypes, 0...6, "author_type")
        limits.count(mentions, 0...100, "mentions")
        limits.count(has, 0...18, "has")
        for host in linkHosts { limits.length(host, 1...256, "link_hostname") }
        for name in fileExtensions { limits.length(name, 1...256, "attachment_extension") }
        limits.value(limit, 1...25, "limit")
        limits.value(offset, 0...9975, "offset")
        return limits.problems
    }

    var query: [(name: String, value: String)] {
        var query = [(name: "limit", value: String(limit))]
        if offset > 0 { query.append(("offset", String(offset))) }
        if let content { query.append(("content", content)) }
        query += channels.map { ("channel_id", $0.description) }
        query += authors.map { ("author_id", $0.description) }
        query += authorTypes.map { ("author_type", $0) }
        query += mentions.map { ("mentions", $0.description) }
        if let mentionsEveryone { query.append(("mention_everyone", String(mentionsEveryone))) }
        if let isPinned { query.append(("pinned", String(isPinned))) }
        query += has.map { ("has", $0) }
        query += linkHosts.map { ("link_hostname", $0) }
        query += fileExtensions.map { ("attachment_extension", $0) }
        if let after { query.append(("min_id", after.description)) }
        if let before { query.append(("max_id", before.description)) }
        if byRelevance {
            query.append(("sort_by", "relevance"))
        } else if order == .oldest {
            query.append(("sort_order", order.rawValue))
        }
        return query
    }
}
