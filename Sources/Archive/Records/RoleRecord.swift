public import Contracts

/// A role as the archive keeps it. The role with the guild's id is @everyone.
public struct RoleRecord: Hashable, Sendable {
    public var id: Snowflake
    public var guildID: Snowflake
    public var name: String
    public var position: Int
    /// Discord's permission bits.
    public var permissions: UInt64

    public init(id: Snowflake, guildID: Snowflake, name: String, position: Int, permissions: UInt64) {
        self.id = id
        self.guildID = guildID
        self.name = name
        self.position = position
        self.permissions = permissions
    }
}
