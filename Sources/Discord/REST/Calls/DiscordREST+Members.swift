public import Contracts

extension DiscordREST {
    /// By ascending user id; `limit` 1...1000. Needs the GUILD_MEMBERS intent.
    /// Source: <https://discord.com/developers/docs/resources/guild#list-guild-members>
    public func members(
        of guild: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 1000,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Member] {
        try await get(
            Route.listGuildMembers.at(guild), query: .page(limit: limit, after: after), deadline: deadline)
    }

    /// Members whose user name or nickname begins so; `limit` 1...1000.
    public func searchMembers(
        of guild: Snowflake,
        prefix: String,
        limit: Int = 100,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Member] {
        try await get(
            Route.searchGuildMembers.at(guild), query: [("query", prefix)] + .page(limit: limit), deadline: deadline)
    }

    /// Throws `.refused` with code 10007 when the user is not a member.
    public func member(
        _ user: Snowflake,
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Member {
        try await get(Route.getGuildMember.at(guild, user), deadline: deadline)
    }

    /// Each field needs its own permission: MANAGE_NICKNAMES, MANAGE_ROLES, MUTE_MEMBERS, DEAFEN_MEMBERS,
    /// MOVE_MEMBERS, MODERATE_MEMBERS.
    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-member>
    public func modifyMember(
        _ user: Snowflake,
        of guild: Snowflake,
        _ change: ModifyMember,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await self.change(
            Route.modifyGuildMember.at(guild, user), body: change, reason: reason, deadline: deadline)
    }

    /// The bot's own nickname.
    public func setOwnNick(
        _ nick: String?,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.modifyCurrentMember.at(guild), body: OwnNick(nick: nick.map { .set($0) } ?? .clear), reason: reason,
            deadline: deadline)
    }

    /// Times a member out until then, at most 28 days ahead; nil ends a time-out. Discord refuses it for
    /// administrators and the owner.
    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-member>
    public func timeOut(
        _ user: Snowflake,
        of guild: Snowflake,
        until end: Timestamp?,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        var change = ModifyMember()
        change.communicationDisabledUntil = end.map { .set($0) } ?? .clear
        try await modifyMember(user, of: guild, change, reason: reason, deadline: deadline)
    }

    /// Open requests to join, of guilds with member verification.
    public func joinRequests(
        of guild: Snowflake,
        status: String = "SUBMITTED",
        limit: Int = 100,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> JSONValue {
        try await get(
            Route.listJoinRequests.at(guild), query: [("status", status)] + .page(limit: limit), deadline: deadline)
    }

    /// Lets somebody in, or not.
    public func decideJoinRequest(
        _ request: Snowflake,
        of guild: Snowflake,
        approve: Bool,
        rejectionReason: String? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.decideJoinRequest.at(guild, request),
            body: JoinDecision(action: approve ? "APPROVED" : "REJECTED", rejectionReason: rejectionReason),
            deadline: deadline)
    }
}

private struct OwnNick: RequestBody {
    let nick: Edit<String>

    var needs: Permissions { .changeNickname }

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(nick.value, 0...32, "nick")
        return limits.problems
    }
}

private struct JoinDecision: RequestBody {
    let action: String
    let rejectionReason: String?

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(rejectionReason, 0...160, "rejection_reason")
        return limits.problems
    }
}
