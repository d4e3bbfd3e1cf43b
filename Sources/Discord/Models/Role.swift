public import Contracts

/// A role of a guild; @everyone has the guild's id.
/// Source: <https://discord.com/developers/docs/topics/permissions#role-object>
public struct Role: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var name: String?
    public var color: Int?
    public var hoist: Bool?
    public var position: Int?
    public var permissions: Permissions?
    public var managed: Bool?
    public var mentionable: Bool?

    public init(id: Snowflake, name: String? = nil, position: Int? = nil, permissions: Permissions? = nil) {
        self.id = id
        self.name = name
        self.position = position
        self.permissions = permissions
    }
}
