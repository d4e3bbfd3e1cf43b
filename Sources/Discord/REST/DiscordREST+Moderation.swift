public import Contracts

extension DiscordREST {
    /// Source: <https://discord.com/developers/docs/resources/guild#remove-guild-member>
    public func kick(
        _ user: Snowflake,
        from guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.removeGuildMember.at(guild, user), body: String?.none, reason: reason, deadline: deadline)
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
            Route.createGuildBan.at(guild, user), body: ["delete_message_seconds": deleteMessageSeconds],
            reason: reason, deadline: deadline)
    }

    public func unban(
        _ user: Snowflake,
        from guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: ContinuousClock.Instant? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.removeGuildBan.at(guild, user), body: String?.none, reason: reason, deadline: deadline)
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
        try await change(
            Route.modifyGuildMember.at(guild, user),
            body: ["communication_disabled_until": end.map { JSONValue.string($0.description) } ?? .null],
            reason: reason, deadline: deadline)
    }
}
