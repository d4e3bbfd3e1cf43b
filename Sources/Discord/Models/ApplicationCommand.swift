public import Contracts

/// Source: <https://discord.com/developers/docs/interactions/application-commands#application-command-object>
public struct ApplicationCommand: Hashable, Sendable, Decodable {
    public var id: Snowflake
    public var type: Int?
    public var name: String?
    public var description: String?
    public var guildID: Snowflake?
    public var options: [JSONValue]?

    enum CodingKeys: String, CodingKey {
        case id, type, name, description, options
        case guildID = "guild_id"
    }
}
