public import Contracts

extension DiscordREST {
    public func roles(
        of guild: Snowflake,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) -> [Role] {
        try await get(Route.getGuildRoles.at(guild), deadline: deadline)
    }

    public func role(
        _ id: Snowflake,
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Role {
        try await get(Route.getGuildRole.at(guild, id), deadline: deadline)
    }

    /// Members by role, without @everyone.
    public func roleMemberCounts(
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Snowflake: Int] {
        let counts: [String: Int] = try await get(Route.getRoleMemberCounts.at(guild), deadline: deadline)
        return Dictionary(uniqueKeysWithValues: counts.compactMap { key, count in Snowflake(key).map { ($0, count) } })
    }

    /// At most 250 roles a guild. The new role stands lowest.
    public func createRole(
        _ role: RoleRequest,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Role {
        try await make(Route.createGuildRole.at(guild), body: role, reason: reason, deadline: deadline)
    }

    public func modifyRole(
        _ id: Snowflake,
        of guild: Snowflake,
        _ role: RoleRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Role {
        try await make(Route.modifyGuildRole.at(guild, id), body: role, reason: reason, deadline: deadline)
    }

    /// Only roles below the bot's highest may be moved, and only below it.
    public func moveRoles(
        _ positions: [NewPosition],
        of guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Role] {
        try await make(
            Route.modifyGuildRolePositions.at(guild), body: PositionList(entries: positions), reason: reason,
            deadline: deadline)
    }

    public func deleteRole(
        _ id: Snowflake,
        of guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildRole.at(guild, id), reason: reason, deadline: deadline)
    }

    public func addRole(
        _ role: Snowflake,
        to user: Snowflake,
        of guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.addGuildMemberRole.at(guild, user, role), reason: reason, deadline: deadline)
    }

    public func removeRole(
        _ role: Snowflake,
        from user: Snowflake,
        of guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.removeGuildMemberRole.at(guild, user, role), reason: reason, deadline: deadline)
    }
}
