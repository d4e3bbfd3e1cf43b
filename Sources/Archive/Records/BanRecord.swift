public import Contracts

/// A ban that the bot was told of. Bans from before it listened are not known: only Discord has them all.
public struct BanRecord: Hashable, Sendable {
    public var guildID: Snowflake
    public var userID: Snowflake
    public var userName: String
    /// Unix milliseconds.
    public var seenAt: Int64
    /// As the guild's audit log says; nil: not known.
    public var moderatorID: Snowflake?
    public var reason: String?

    public init(
        guildID: Snowflake,
        userID: Snowflake,
        userName: String,
        seenAt: Int64,
        moderatorID: Snowflake? = nil,
        reason: String? = nil
    ) {
        self.guildID = guildID
        self.userID = userID
        self.userName = userName
        self.seenAt = seenAt
        self.moderatorID = moderatorID
        self.reason = reason
    }
}
