public import Contracts

extension DiscordREST {
    /// The bot's own user.
    public func currentUser(deadline: ContinuousClock.Instant? = nil) async throws(DiscordError) -> User {
        try await get(Route.getCurrentUser.at(), deadline: deadline)
    }

    public func user(_ id: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> User {
        try await get(Route.getUser.at(id), deadline: deadline)
    }

    /// By ascending id; `limit` 1...200.
    public func ownGuilds(
        after: Snowflake? = nil,
        limit: Int = 200,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Guild] {
        try await get(Route.getCurrentUserGuilds.at(), query: .page(limit: limit, after: after), deadline: deadline)
    }

    public func leave(_ guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) {
        try await change(Route.leaveGuild.at(guild), deadline: deadline)
    }

    /// The channel for direct messages with a user, the same each time. Opening many at once is refused (40003).
    public func directChannel(
        with user: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Channel {
        try await make(Route.createDM.at(), body: RecipientBody(recipientID: user), deadline: deadline)
    }

    /// Where to connect the gateway, and how many sessions may still be started.
    public func gatewayBot(deadline: ContinuousClock.Instant? = nil) async throws(DiscordError) -> GatewayBot {
        try await get(Route.getGatewayBot.at(), deadline: deadline)
    }
}

private struct RecipientBody: RequestBody {
    let recipientID: Snowflake
}
