public import Contracts

extension DiscordREST {
    /// `withCounts` adds `approximateMemberCount`.
    public func guild(
        _ id: Snowflake,
        withCounts: Bool = false,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Guild {
        try await get(
            Route.getGuild.at(id), query: withCounts ? [("with_counts", "true")] : [], deadline: deadline)
    }

    /// Without threads.
    public func channels(
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Channel] {
        try await get(Route.getGuildChannels.at(guild), deadline: deadline)
    }

    public func roles(
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Role] {
        try await get(Route.getGuildRoles.at(guild), deadline: deadline)
    }

    /// By ascending user id; `limit` 1...1000. Needs the GUILD_MEMBERS intent.
    /// Source: <https://discord.com/developers/docs/resources/guild#list-guild-members>
    public func members(
        of guild: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 1000,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Member] {
        var query = [(name: "limit", value: String(limit))]
        if let after { query.append(("after", after.description)) }
        return try await get(Route.listGuildMembers.at(guild), query: query, deadline: deadline)
    }

    /// Throws `.refused` with code 10007 when the user is not a member.
    public func member(
        _ user: Snowflake,
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Member {
        try await get(Route.getGuildMember.at(guild, user), deadline: deadline)
    }

    /// Newest first, 45 days back; `limit` 1...100. Needs VIEW_AUDIT_LOG.
    /// Source: <https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log>
    public func auditLog(
        of guild: Snowflake,
        user: Snowflake? = nil,
        actionType: Int? = nil,
        before: Snowflake? = nil,
        limit: Int = 50,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> AuditLogPage {
        var query = [(name: "limit", value: String(limit))]
        if let user { query.append(("user_id", user.description)) }
        if let actionType { query.append(("action_type", String(actionType))) }
        if let before { query.append(("before", before.description)) }
        return try await get(Route.getGuildAuditLog.at(guild), query: query, deadline: deadline)
    }
}
