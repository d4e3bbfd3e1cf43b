public import Contracts

/// Which members of a guild are asked for.
/// Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members>
public enum MemberSelection: Hashable, Sendable {
    /// The whole list. Needs the GUILD_MEMBERS intent; Discord gives it once in 30 seconds for a guild.
    case all
    /// At most 100.
    case users([Snowflake])
    /// Those whose user name begins so; `limit` at most 100.
    case prefix(String, limit: Int)
}

/// What came of a request; the members themselves came as `GUILD_MEMBERS_CHUNK` dispatches, in order with the others.
public struct MemberAnswer: Hashable, Sendable {
    public internal(set) var members = 0
    /// Of the users that were asked for: those who are no members.
    public internal(set) var notFound: [Snowflake] = []

    public init() {}
}

/// Why a request has no answer.
public enum MemberRequestFailure: Error, Hashable, Sendable {
    /// The whole list needs the GUILD_MEMBERS intent.
    case missingIntent
    /// More than 100 users, or a prefix beyond what fits a payload.
    case tooMuch
    /// Too many requests wait already.
    case busy
    /// Discord did not answer completely, each time it was asked.
    case unanswered
    /// The client ended, or whoever asked did.
    case stopped
}
