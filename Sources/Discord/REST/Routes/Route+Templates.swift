extension Route {
    static let getGuildTemplate = Route(
        .get, "/guilds/templates/{code}", page: "resources/guild-template#get-guild-template")
    static let getGuildTemplates = Route(
        .get, "/guilds/{guild_id}/templates", needs: .manageGuild, page: "resources/guild-template#get-guild-templates")
    static let createGuildTemplate = Route(
        .post, "/guilds/{guild_id}/templates",
        needs: .manageGuild, page: "resources/guild-template#create-guild-template")
    static let syncGuildTemplate = Route(
        .put, "/guilds/{guild_id}/templates/{code}",
        needs: .manageGuild, page: "resources/guild-template#sync-guild-template")
    static let modifyGuildTemplate = Route(
        .patch, "/guilds/{guild_id}/templates/{code}",
        needs: .manageGuild, page: "resources/guild-template#modify-guild-template")
    static let deleteGuildTemplate = Route(
        .delete, "/guilds/{guild_id}/templates/{code}",
        needs: .manageGuild, page: "resources/guild-template#delete-guild-template")

    static let templates: [Route] = [
        .getGuildTemplate, .getGuildTemplates, .createGuildTemplate, .syncGuildTemplate, .modifyGuildTemplate,
        .deleteGuildTemplate,
    ]
}
