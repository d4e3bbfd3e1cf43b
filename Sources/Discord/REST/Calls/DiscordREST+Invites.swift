public import Contracts

extension DiscordREST {
    public func invite(
        _ code: String,
        withCounts: Bool = false,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Invite {
        try await get(
            Route.getInvite.at(code), query: withCounts ? [("with_counts", "true")] : [], deadline: deadline)
    }

    public func invites(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Invite] {
        try await get(Route.getGuildInvites.at(guild), deadline: deadline)
    }

    public func invites(to channel: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Invite] {
        try await get(Route.getChannelInvites.at(channel), deadline: deadline)
    }

    public func createInvite(
        _ invite: CreateInvite,
        to channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Invite {
        try await make(Route.createChannelInvite.at(channel), body: invite, reason: reason, deadline: deadline)
    }

    /// Needs MANAGE_CHANNELS in its channel, or MANAGE_GUILD.
    public func deleteInvite(
        _ code: String,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteInvite.at(code), reason: reason, deadline: deadline)
    }
}
