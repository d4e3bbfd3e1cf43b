public import Contracts

/// `READY`: a new session. What happened between the last session and this one was not delivered.
/// Source: <https://discord.com/developers/docs/events/gateway-events#ready>
public struct ReadyEvent: Hashable, Sendable, Codable {
    public var user: User
    /// All unavailable at first: one `GUILD_CREATE` each follows.
    public var guilds: [UnavailableGuild]?
    public var sessionID: String
    public var resumeGatewayURL: String
    public var application: PartialApplication?
    /// `[shard id, shard count]`.
    public var shard: [Int]?

    enum CodingKeys: String, CodingKey {
        case user, guilds, application, shard
        case sessionID = "session_id"
        case resumeGatewayURL = "resume_gateway_url"
    }
}

/// An entry of READY and the payload of `GUILD_DELETE`.
/// Source: <https://discord.com/developers/docs/resources/guild#unavailable-guild-object>
public struct UnavailableGuild: Hashable, Sendable, Codable {
    public var id: Snowflake
    /// In `GUILD_DELETE`: true is an outage; absent means that the bot was removed.
    public var unavailable: Bool?
}
