import Contracts

extension Route {
    static let getCurrentUser = Route(
        .get, "/users/@me", page: "resources/user#get-current-user")
    static let getUser = Route(
        .get, "/users/{user_id}", page: "resources/user#get-user")
    static let getCurrentUserGuilds = Route(
        .get, "/users/@me/guilds", page: "resources/user#get-current-user-guilds")
    static let leaveGuild = Route(
        .delete, "/users/@me/guilds/{guild_id}", page: "resources/user#leave-guild")
    static let createDM = Route(
        .post, "/users/@me/channels", repeatable: true, lane: .post, page: "resources/user#create-dm")
    static let getGatewayBot = Route(
        .get, "/gateway/bot", page: "events/gateway#get-gateway-bot")

    static let users: [Route] = [
        .getCurrentUser, .getUser, .getCurrentUserGuilds, .leaveGuild, .createDM, .getGatewayBot,
    ]
}
