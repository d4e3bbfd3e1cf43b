import Contracts
import Discord

/// What the queries ask Discord for when the archive does not know. Tests put their own in its place.
protocol DiscordLookup: Sendable {
    func messages(
        in channel: Snowflake,
        _ anchor: DiscordREST.Anchor,
        limit: Int,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> [Message]

    func channel(_ id: Snowflake, deadline: ContinuousClock.Instant?) async throws(DiscordError) -> Channel

    func member(
        _ user: Snowflake,
        of guild: Snowflake,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> Member
}

extension DiscordREST: DiscordLookup {}
