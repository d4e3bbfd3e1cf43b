import Contracts

/// The structured result of `get_messages`.
struct MessagesAnswer: Encodable {
    var channelID: Snowflake
    /// Newest first.
    var messages: [MessageAnswer]
    var count: Int
    /// `archive` or `discord`.
    var source: String
    /// There is more in the direction of the request: before `oldest_id`, or after `newest_id` when only `after` was
    /// given.
    var hasMore: Bool
    var oldestID: Snowflake?
    var newestID: Snowflake?
    /// What to know about the answer, for instance that Discord cannot be reached.
    var note: String?
    let untrusted = true

    enum CodingKeys: String, CodingKey {
        case messages, count, source, note, untrusted
        case channelID = "channel_id"
        case hasMore = "has_more"
        case oldestID = "oldest_id"
        case newestID = "newest_id"
    }
}
