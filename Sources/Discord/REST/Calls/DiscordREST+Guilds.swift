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

    /// Of a guild that the bot is in or that anybody may discover.
    public func preview(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> Guild {
        try await get(Route.getGuildPreview.at(guild), deadline: deadline)
    }

    public func modifyGuild(
        _ id: Snowflake,
        _ change: ModifyGuild,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Guild {
        try await make(Route.modifyGuild.at(id), body: change, reason: reason, deadline: deadline)
    }

    /// The switch for raids.
    public func setIncidentActions(
        _ actions: IncidentActions,
        of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.modifyIncidentActions.at(guild), body: actions, deadline: deadline)
    }

    /// Code and uses; the code is nil when the guild has none.
    public func vanityURL(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> JSONValue {
        try await get(Route.getGuildVanityURL.at(guild), deadline: deadline)
    }

    public func integrations(
        of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> [JSONValue] {
        try await get(Route.getGuildIntegrations.at(guild), deadline: deadline)
    }

    /// Also removes its webhooks and its bot.
    public func deleteIntegration(
        _ id: Snowflake, of guild: Snowflake, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildIntegration.at(guild, id), reason: reason, deadline: deadline)
    }

    public func widget(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> WidgetSettings {
        try await get(Route.getGuildWidgetSettings.at(guild), deadline: deadline)
    }

    public func modifyWidget(
        of guild: Snowflake, _ widget: WidgetSettings, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) -> WidgetSettings {
        try await make(Route.modifyGuildWidget.at(guild), body: widget, reason: reason, deadline: deadline)
    }

    /// Needs MANAGE_GUILD while it is off.
    public func welcomeScreen(
        of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> WelcomeScreen {
        try await get(Route.getGuildWelcomeScreen.at(guild), deadline: deadline)
    }

    public func modifyWelcomeScreen(
        of guild: Snowflake, _ screen: WelcomeScreen, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) -> WelcomeScreen {
        try await make(Route.modifyGuildWelcomeScreen.at(guild), body: screen, reason: reason, deadline: deadline)
    }

    public func onboarding(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> Onboarding {
        try await get(Route.getGuildOnboarding.at(guild), deadline: deadline)
    }

    public func modifyOnboarding(
        of guild: Snowflake, _ onboarding: Onboarding, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) -> Onboarding {
        try await make(Route.modifyGuildOnboarding.at(guild), body: onboarding, reason: reason, deadline: deadline)
    }
}
