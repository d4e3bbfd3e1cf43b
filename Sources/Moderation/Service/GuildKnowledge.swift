public import Contracts

/// Where the executor learns who may do what in a guild.
public protocol GuildKnowledge: Sendable {
    /// Roles, the bot's and the target's standing, and the channel with its guild.
    ///
    /// - Parameters:
    ///   - guild: nil: the channel's.
    ///   - user: nil: no target.
    /// - Throws: `not_found` for an unknown channel or guild, `unavailable` when nobody can tell.
    func moderationContext(
        guild: Snowflake?,
        channel: Snowflake?,
        user: Snowflake?
    ) async throws(WireError) -> WireModerationContext
}
