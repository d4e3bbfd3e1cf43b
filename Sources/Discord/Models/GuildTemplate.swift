public import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild-template#guild-template-object>
public struct GuildTemplate: Hashable, Sendable, Decodable {
    public var code: String
    public var name: String?
    public var description: String?
    public var usageCount: Int?
    public var sourceGuildID: Snowflake?
    /// Whether the guild has changed since.
    public var isDirty: Bool?

    enum CodingKeys: String, CodingKey {
        case code, name, description
        case usageCount = "usage_count"
        case sourceGuildID = "source_guild_id"
        case isDirty = "is_dirty"
    }
}
