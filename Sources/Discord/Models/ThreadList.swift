public import Contracts

/// Threads of a guild or channel, with the bot's own memberships.
/// Source: <https://discord.com/developers/docs/resources/channel#list-public-archived-threads-response-body>
public struct ThreadList: Hashable, Sendable, Decodable {
    public var threads: [Channel]?
    public var members: [ThreadMember]?
    /// Of archived ones: whether a further page exists.
    public var hasMore: Bool?

    enum CodingKeys: String, CodingKey {
        case threads, members
        case hasMore = "has_more"
    }
}

/// Who takes part in a thread.
/// Source: <https://discord.com/developers/docs/resources/channel#thread-member-object>
public struct ThreadMember: Hashable, Sendable, Decodable {
    public var id: Snowflake?
    public var userID: Snowflake?
    public var joinTimestamp: Timestamp?
    public var flags: Int?
    public var member: Member?

    enum CodingKeys: String, CodingKey {
        case id, flags, member
        case userID = "user_id"
        case joinTimestamp = "join_timestamp"
    }
}
