/// What a search found, or when to ask again.
/// Source: <https://discord.com/developers/docs/resources/message#search-guild-messages>
public enum MessageSearchAnswer: Sendable {
    case found(MessageSearchPage)
    /// Discord has not indexed the guild yet: not the same as no hits.
    case indexing(retryAfter: Duration)
}

/// Newest first unless asked otherwise; pages can be short.
public struct MessageSearchPage: Hashable, Sendable, Decodable {
    /// An estimate while messages come and go.
    public var totalResults: Int?
    /// Older messages are still missing.
    public var doingDeepHistoricalIndex: Bool?
    /// One list each, whose message is the hit.
    public var messages: [[Message]]?

    public var hits: [Message] { messages?.flatMap(\.self) ?? [] }

    enum CodingKeys: String, CodingKey {
        case messages
        case totalResults = "total_results"
        case doingDeepHistoricalIndex = "doing_deep_historical_index"
    }
}

struct SearchIndexing: Decodable {
    let code: Int?
    /// Seconds; 0 is shortly.
    let retryAfter: Double?

    enum CodingKeys: String, CodingKey {
        case code
        case retryAfter = "retry_after"
    }
}
