import Contracts

extension Route {
    static let getCurrentApplication = Route(
        .get, "/applications/@me", page: "resources/application#get-current-application")
    static let listGlobalCommands = Route(
        .get, "/applications/{application_id}/commands",
        page: "interactions/application-commands#get-global-application-commands")
    static let createGlobalCommand = Route(
        .post, "/applications/{application_id}/commands",
        repeatable: true, page: "interactions/application-commands#create-global-application-command")
    static let editGlobalCommand = Route(
        .patch, "/applications/{application_id}/commands/{command_id}",
        page: "interactions/application-commands#edit-global-application-command")
    static let deleteGlobalCommand = Route(
        .delete, "/applications/{application_id}/commands/{command_id}",
        page: "interactions/application-commands#delete-global-application-command")
    static let listGuildCommands = Route(
        .get, "/applications/{application_id}/guilds/{guild_id}/commands",
        page: "interactions/application-commands#get-guild-application-commands")
    static let createGuildCommand = Route(
        .post, "/applications/{application_id}/guilds/{guild_id}/commands",
        repeatable: true, page: "interactions/application-commands#create-guild-application-command")
    static let editGuildCommand = Route(
        .patch, "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        page: "interactions/application-commands#edit-guild-application-command")
    static let deleteGuildCommand = Route(
        .delete, "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        page: "interactions/application-commands#delete-guild-application-command")
    static let respondToInteraction = Route(
        .post, "/interactions/{interaction_id}/{interaction_token}/callback",
        authorized: false, lane: .post, page: "interactions/receiving-and-responding#create-interaction-response")

    static let applications: [Route] = [
        .getCurrentApplication, .listGlobalCommands, .createGlobalCommand, .editGlobalCommand, .deleteGlobalCommand,
        .listGuildCommands, .createGuildCommand, .editGuildCommand, .deleteGuildCommand, .respondToInteraction,
    ]
}
