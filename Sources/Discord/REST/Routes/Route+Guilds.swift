extension Route {
    static let getGuild = Route(
        .get, "/guilds/{guild_id}", page: "resources/guild#get-guild")
    static let modifyGuild = Route(
        .patch, "/guilds/{guild_id}", needs: .manageGuild, reason: true, page: "resources/guild#modify-guild")
    static let getGuildPreview = Route(
        .get, "/guilds/{guild_id}/preview", page: "resources/guild#get-guild-preview")
    static let modifyIncidentActions = Route(
        .put, "/guilds/{guild_id}/incident-actions",
        needs: .manageGuild, page: "resources/guild#modify-guild-incident-actions")
    static let getGuildVanityURL = Route(
        .get, "/guilds/{guild_id}/vanity-url", needs: .manageGuild, page: "resources/guild#get-guild-vanity-url")
    static let getGuildIntegrations = Route(
        .get, "/guilds/{guild_id}/integrations", needs: .manageGuild, page: "resources/guild#get-guild-integrations")
    static let deleteGuildIntegration = Route(
        .delete, "/guilds/{guild_id}/integrations/{integration_id}",
        needs: .manageGuild, reason: true, page: "resources/guild#delete-guild-integration")
    static let getGuildWidgetSettings = Route(
        .get, "/guilds/{guild_id}/widget", needs: .manageGuild, page: "resources/guild#get-guild-widget-settings")
    static let modifyGuildWidget = Route(
        .patch, "/guilds/{guild_id}/widget",
        needs: .manageGuild, reason: true, page: "resources/guild#modify-guild-widget")
    static let getGuildWelcomeScreen = Route(
        .get, "/guilds/{guild_id}/welcome-screen", page: "resources/guild#get-guild-welcome-screen")
    static let modifyGuildWelcomeScreen = Route(
        .patch, "/guilds/{guild_id}/welcome-screen",
        needs: .manageGuild, reason: true, page: "resources/guild#modify-guild-welcome-screen")
    static let getGuildOnboarding = Route(
        .get, "/guilds/{guild_id}/onboarding", page: "resources/guild#get-guild-onboarding")
    static let modifyGuildOnboarding = Route(
        .put, "/guilds/{guild_id}/onboarding",
        needs: [.manageGuild, .manageRoles], reason: true, page: "resources/guild#modify-guild-onboarding")

    static let guilds: [Route] = [
        .getGuild, .modifyGuild, .getGuildPreview, .modifyIncidentActions, .getGuildVanityURL, .getGuildIntegrations,
        .deleteGuildIntegration, .getGuildWidgetSettings, .modifyGuildWidget, .getGuildWelcomeScreen,
        .modifyGuildWelcomeScreen, .getGuildOnboarding, .modifyGuildOnboarding,
    ]
}
