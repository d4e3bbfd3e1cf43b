public import Contracts

extension DiscordREST {
    /// Source: <https://discord.com/developers/docs/resources/guild#remove-guild-member>
    public func kick(
        _ user: Snowflake,
        from guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(Route.removeGuildMember.at(guild, user), reason: reason, deadline: deadline)
    }

    /// Bans a user, member or not. `deleteMessageSeconds` 0...604800 (7 days).
    /// Source: <https://discord.com/developers/docs/resources/guild#create-guild-ban>
    public func ban(
        _ user: Snowflake,
        from guild: Snowflake,
        deleteMessageSeconds: Int = 0,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.createGuildBan.at(guild, user), body: BanBody(deleteMessageSeconds: deleteMessageSeconds),
            reason: reason, deadline: deadline)
    }

    public func unban(
        _ user: Snowflake,
        from guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(Route.removeGuildBan.at(guild, user), reason: reason, deadline: deadline)
    }

    /// Nil: the user is not banned.
    public func currentBan(
        of user: Snowflake,
        from guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> Ban? {
        do {
            return try await get(Route.getGuildBan.at(guild, user), deadline: deadline)
        } catch  where error.code == 10026 {
            return nil
        }
    }

    /// By ascending user id; `limit` 1...1000.
    public func bans(
        of guild: Snowflake,
        before: Snowflake? = nil,
        after: Snowflake? = nil,
        limit: Int = 1000,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Ban] {
        try await get(
            Route.listGuildBans.at(guild), query: .page(limit: limit, before: before, after: after),
            deadline: deadline)
    }

    /// Bans up to 200 users at once; when none could be banned Discord answers an error (500000).
    /// Source: <https://discord.com/developers/docs/resources/guild#bulk-guild-ban>
    public func ban(
        _ users: [Snowflake],
        from guild: Snowflake,
        deleteMessageSeconds: Int = 0,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> BulkBanResult {
        try await make(
            Route.bulkBan.at(guild), body: BanBody(userIds: users, deleteMessageSeconds: deleteMessageSeconds),
            reason: reason, deadline: deadline)
    }

    /// How many members a prune would remove. `days` 1...30.
    /// Source: <https://discord.com/developers/docs/resources/guild#get-guild-prune-count>
    public func pruneCount(
        of guild: Snowflake,
        days: Int = 7,
        includeRoles: [Snowflake] = [],
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Int? {
        var query = [(name: "days", value: String(days))]
        if !includeRoles.isEmpty {
            // Here, and only here, Discord wants commas.
            query.append(("include_roles", includeRoles.map(\.description).joined(separator: ",")))
        }
        let result: PruneResult = try await get(Route.getPruneCount.at(guild), query: query, deadline: deadline)
        return result.pruned
    }

    /// Removes the members that were not seen for so many days (1...30) and have no other role. Nil: not counted.
    public func prune(
        _ guild: Snowflake,
        days: Int = 7,
        includeRoles: [Snowflake] = [],
        counts: Bool = true,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Int? {
        let result: PruneResult = try await make(
            Route.beginPrune.at(guild),
            body: PruneBody(days: days, computePruneCount: counts, includeRoles: includeRoles), reason: reason,
            deadline: deadline)
        return result.pruned
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
        var query: [(name: String, value: String)] = .page(limit: limit, before: before)
        if let user { query.append(("user_id", user.description)) }
        if let actionType { query.append(("action_type", String(actionType))) }
        return try await get(Route.getGuildAuditLog.at(guild), query: query, deadline: deadline)
    }
}

private struct BanBody: RequestBody {
    var userIds: [Snowflake]?
    let deleteMessageSeconds: Int

    var problems: [String] {
        var limits = RequestLimits()
        limits.count(userIds, 1...200, "user_ids")
        limits.value(deleteMessageSeconds, 0...604_800, "delete_message_seconds")
        return limits.problems
    }
}

private struct PruneBody: RequestBody {
    let days: Int
    let computePruneCount: Bool
    let includeRoles: [Snowflake]

    var problems: [String] {
        var limits = RequestLimits()
        limits.value(days, 1...30, "days")
        return limits.problems
    }
}

private struct PruneResult: Decodable {
    let pruned: Int?
}
