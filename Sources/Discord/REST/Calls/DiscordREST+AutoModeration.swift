public import Contracts

extension DiscordREST {
    public func autoModerationRules(
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [AutoModerationRule] {
        try await get(Route.listAutoModerationRules.at(guild), deadline: deadline)
    }

    public func autoModerationRule(
        _ id: Snowflake,
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> AutoModerationRule {
        try await get(Route.getAutoModerationRule.at(guild, id), deadline: deadline)
    }

    /// At most six keyword rules a guild, one of each other kind.
    public func createAutoModerationRule(
        _ rule: AutoModerationRequest,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> AutoModerationRule {
        try await make(Route.createAutoModerationRule.at(guild), body: rule, reason: reason, deadline: deadline)
    }

    public func modifyAutoModerationRule(
        _ id: Snowflake,
        of guild: Snowflake,
        _ rule: AutoModerationRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> AutoModerationRule {
        try await make(Route.modifyAutoModerationRule.at(guild, id), body: rule, reason: reason, deadline: deadline)
    }

    public func deleteAutoModerationRule(
        _ id: Snowflake,
        of guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteAutoModerationRule.at(guild, id), reason: reason, deadline: deadline)
    }
}
