public import Contracts

/// A guild: REST's object, `GUILD_CREATE` (with channels, threads and members) and `GUILD_UPDATE`.
/// Source: <https://discord.com/developers/docs/resources/guild#guild-object>
public struct Guild: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var name: String?
    public var icon: String?
    public var description: String?
    /// True during an outage; then nothing else is set.
    public var unavailable: Bool?
    public var ownerID: Snowflake?
    /// 1: moderators' owner accounts need two-factor authentication.
    public var mfaLevel: Int?
    public var roles: [Role]?
    public var features: [String]?
    public var memberCount: Int?
    public var approximateMemberCount: Int?
    public var joinedAt: Timestamp?
    public var large: Bool?
    public var channels: [Channel]?
    /// Active threads that the bot may see.
    public var threads: [Channel]?
    /// Often only the bot and those in voice.
    public var members: [Member]?
    public var systemChannelID: Snowflake?
    public var rulesChannelID: Snowflake?
    public var preferredLocale: String?

    public init(id: Snowflake, name: String? = nil, ownerID: Snowflake? = nil, roles: [Role]? = nil) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.roles = roles
    }

    enum CodingKeys: String, CodingKey {
        case id, name, icon, description, unavailable, roles, features, large, channels, threads, members
        case ownerID = "owner_id"
        case mfaLevel = "mfa_level"
        case memberCount = "member_count"
        case approximateMemberCount = "approximate_member_count"
        case joinedAt = "joined_at"
        case systemChannelID = "system_channel_id"
        case rulesChannelID = "rules_channel_id"
        case preferredLocale = "preferred_locale"
    }
}
