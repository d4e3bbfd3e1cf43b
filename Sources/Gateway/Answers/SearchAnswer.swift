import Contracts

/// The structured result of `search_messages`.
struct SearchAnswer: Encodable {
    /// What was searched: a search that finds nothing says little where history is missing.
    struct Coverage: Encodable {
        var channelsSearched: Int
        /// Channels whose history is not archived completely.
        var channelsIncomplete: Int
        /// The first of them, up to 20.
        var incompleteChannelIDs: [Snowflake]
        /// ISO 8601: the oldest archived message of the searched channels.
        var oldestSeen: String?
        var note: String

        enum CodingKeys: String, CodingKey {
            case note
            case channelsSearched = "channels_searched"
            case channelsIncomplete = "channels_incomplete"
            case incompleteChannelIDs = "incomplete_channel_ids"
            case oldestSeen = "oldest_seen"
        }
    }

    /// Newest first.
    var messages: [MessageAnswer]
    var count: Int
    var total: Int
    /// Counting stopped at `total`: there may be more.
    var totalIsMinimum: Bool
    /// `archive`
    var source: String
    /// There are older matches: ask again with `before` set to `oldest_id`.
    var hasMore: Bool
    var oldestID: Snowflake?
    var newestID: Snowflake?
    var coverage: Coverage
    let untrusted = true

    enum CodingKeys: String, CodingKey {
        case messages, count, total, source, coverage, untrusted
        case totalIsMinimum = "total_is_minimum"
        case hasMore = "has_more"
        case oldestID = "oldest_id"
        case newestID = "newest_id"
    }
}
