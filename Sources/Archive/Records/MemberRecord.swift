public import Contracts

/// A member of a guild as the archive keeps it.
public struct MemberRecord: Hashable, Sendable {
    public var guildID: Snowflake
    public var userID: Snowflake
    /// The display name: nickname, else global name, else user name.
    public var name: String
    public var isBot: Bool
    public var roleIDs: [Snowflake]
    /// Unix milliseconds; nil: not timed out.
    public var timedOutUntil: Int64?

    public init(
        guildID: Snowflake,
        userID: Snowflake,
        name: String,
        isBot: Bool,
        roleIDs: [Snowflake],
        timedOutUntil: Int64? = nil
    ) {
        self.guildID = guildID
        self.userID = userID
        self.name = name
        self.isBot = isBot
        self.roleIDs = roleIDs
        self.timedOutUntil = timedOutUntil
    }
}
