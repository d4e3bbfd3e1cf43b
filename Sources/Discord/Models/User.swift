public import Contracts

/// An account, human or bot.
/// Source: <https://discord.com/developers/docs/resources/user#user-object>
public struct User: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var username: String?
    public var discriminator: String?
    /// The name that people see where no nickname is set.
    public var globalName: String?
    public var bot: Bool?
    public var system: Bool?
    public var avatar: String?

    public init(id: Snowflake, username: String? = nil, globalName: String? = nil, bot: Bool? = nil) {
        self.id = id
        self.username = username
        self.globalName = globalName
        self.bot = bot
    }

    enum CodingKeys: String, CodingKey {
        case id, username, discriminator, bot, system, avatar
        case globalName = "global_name"
    }

    /// The name to show: the global name, else the username, else the id.
    public var displayName: String {
        globalName ?? username ?? id.description
    }
}
