public import Contracts

/// A member of a guild as the archive keeps it.
public struct MemberRecord: Hashable, Sendable {
    public var guildID: Snowflake
    public var userID: Snowflake
    /// The display name: nickname, else global name, else user name.
    public var name: String
    /// The account's own name; nil: not known.
    public var username: String?
    public var isBot: Bool
    public var roleIDs: [Snowflake]
    /// Unix milliseconds; nil: not timed out.
    public var timedOutUntil: Int64?
    /// Unix milliseconds; nil: not known.
    public var joinedAt: Int64?

    public init(
        guildID: Snowflake,
        userID: Snowflake,
        name: String,
        username: String? = nil,
        isBot: Bool,
        roleIDs: [Snowflake],
        timedOutUntil: Int64? = nil,
        joinedAt: Int64? = nil
    ) {
        self.guildID = guildID
        self.userID = userID
        self.name = name
        self.username = username
        self.isBot = isBot
        self.roleIDs = roleIDs
        self.timedOutUntil = timedOutUntil
        self.joinedAt = joinedAt
    }
}
