public import Contracts

extension DiscordREST {
    public func scheduledEvents(
        of guild: Snowflake,
        withUserCount: Bool = false,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [ScheduledEvent] {
        try await get(
            Route.listScheduledEvents.at(guild), query: withUserCount ? [("with_user_count", "true")] : [],
            deadline: deadline)
    }

    public func scheduledEvent(
        _ id: Snowflake,
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ScheduledEvent {
        try await get(Route.getScheduledEvent.at(guild, id), deadline: deadline)
    }

    /// At most 100 scheduled or active events a guild.
    public func createScheduledEvent(
        _ event: ScheduledEventRequest,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ScheduledEvent {
        try await make(Route.createScheduledEvent.at(guild), body: event, reason: reason, deadline: deadline)
    }

    /// Events of others need MANAGE_EVENTS.
    public func modifyScheduledEvent(
        _ id: Snowflake,
        of guild: Snowflake,
        _ event: ScheduledEventRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ScheduledEvent {
        try await make(Route.modifyScheduledEvent.at(guild, id), body: event, reason: reason, deadline: deadline)
    }

    public func deleteScheduledEvent(
        _ id: Snowflake,
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteScheduledEvent.at(guild, id), deadline: deadline)
    }

    /// By ascending user id; `limit` 1...100.
    public func scheduledEventUsers(
        of event: Snowflake,
        in guild: Snowflake,
        after: Snowflake? = nil,
        limit: Int = 100,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> [ScheduledEventUser] {
        try await get(
            Route.getScheduledEventUsers.at(guild, event), query: .page(limit: limit, after: after),
            deadline: deadline)
    }
}
