public import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild#bulk-guild-ban-bulk-ban-response>
public struct BulkBanResult: Hashable, Sendable, Decodable {
    public var bannedUsers: [Snowflake]?
    public var failedUsers: [Snowflake]?

    enum CodingKeys: String, CodingKey {
        case bannedUsers = "banned_users"
        case failedUsers = "failed_users"
    }
}
