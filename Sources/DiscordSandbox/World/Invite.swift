import Contracts

/// Source: <https://discord.com/developers/docs/resources/invite#invite-object>
struct Invite: Equatable, Sendable {
    let code: String
    let guildID: Snowflake
    let channelID: Snowflake
    let inviterID: Snowflake
    let createdAt: Timestamp
    /// Seconds; 0 never ends.
    let maxAge: Int
    let maxUses: Int
    let isTemporary: Bool
    var uses = 0
    var roleIDs: [Snowflake] = []
    var targetUserIDs: [Snowflake]?

    var expiresAt: Timestamp? { maxAge == 0 ? nil : createdAt + Double(maxAge) }
}
