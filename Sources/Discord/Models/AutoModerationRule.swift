public import Contracts

/// Source: <https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object>
public struct AutoModerationRule: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var guildID: Snowflake?
    public var name: String?
    public var creatorID: Snowflake?
    public var eventType: Int?
    public var triggerType: Int?
    public var triggerMetadata: AutoModerationRequest.Trigger?
    public var actions: [AutoModerationRequest.Action]?
    public var enabled: Bool?
    public var exemptRoles: [Snowflake]?
    public var exemptChannels: [Snowflake]?

    enum CodingKeys: String, CodingKey {
        case id, name, actions, enabled
        case guildID = "guild_id"
        case creatorID = "creator_id"
        case eventType = "event_type"
        case triggerType = "trigger_type"
        case triggerMetadata = "trigger_metadata"
        case exemptRoles = "exempt_roles"
        case exemptChannels = "exempt_channels"
    }
}
