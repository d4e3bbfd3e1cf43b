/// Every route that we use, once.
extension Route {
    static let getCurrentUser = Route(
        .get, "/users/@me", repeatable: true, page: "resources/user#get-current-user")
    static let getGatewayBot = Route(
        .get, "/gateway/bot", repeatable: true, page: "events/gateway#get-gateway-bot")

    static let getChannel = Route(
        .get, "/channels/{channel_id}", repeatable: true, page: "resources/channel#get-channel")
    static let getChannelMessages = Route(
        .get, "/channels/{channel_id}/messages", repeatable: true, page: "resources/message#get-channel-messages")
    static let getMessage = Route(
        .get, "/channels/{channel_id}/messages/{message_id}", repeatable: true,
        page: "resources/message#get-channel-message")
    /// Repeatable only with a nonce that Discord enforces.
    static let createMessage = Route(
        .post, "/channels/{channel_id}/messages", repeatable: false, page: "resources/message#create-message")
    static let deleteMessage = Route(
        .delete, "/channels/{channel_id}/messages/{message_id}", repeatable: true,
        page: "resources/message#delete-message")
    static let bulkDeleteMessages = Route(
        .post, "/channels/{channel_id}/messages/bulk-delete", repeatable: true,
        page: "resources/message#bulk-delete-messages")

    static let getGuild = Route(
        .get, "/guilds/{guild_id}", repeatable: true, page: "resources/guild#get-guild")
    static let getGuildChannels = Route(
        .get, "/guilds/{guild_id}/channels", repeatable: true, page: "resources/guild#get-guild-channels")
    static let getGuildRoles = Route(
        .get, "/guilds/{guild_id}/roles", repeatable: true, page: "resources/guild#get-guild-roles")
    static let listGuildMembers = Route(
        .get, "/guilds/{guild_id}/members", repeatable: true, page: "resources/guild#list-guild-members")
    static let getGuildMember = Route(
        .get, "/guilds/{guild_id}/members/{user_id}", repeatable: true, page: "resources/guild#get-guild-member")
    static let modifyGuildMember = Route(
        .patch, "/guilds/{guild_id}/members/{user_id}", repeatable: true,
        page: "resources/guild#modify-guild-member")
    static let removeGuildMember = Route(
        .delete, "/guilds/{guild_id}/members/{user_id}", repeatable: true,
        page: "resources/guild#remove-guild-member")
    static let getGuildBan = Route(
        .get, "/guilds/{guild_id}/bans/{user_id}", repeatable: true, page: "resources/guild#get-guild-ban")
    static let createGuildBan = Route(
        .put, "/guilds/{guild_id}/bans/{user_id}", repeatable: true, page: "resources/guild#create-guild-ban")
    static let removeGuildBan = Route(
        .delete, "/guilds/{guild_id}/bans/{user_id}", repeatable: true, page: "resources/guild#remove-guild-ban")
    static let getGuildAuditLog = Route(
        .get, "/guilds/{guild_id}/audit-logs", repeatable: true, page: "resources/audit-log#get-guild-audit-log")

    static let catalogue = [
        getCurrentUser, getGatewayBot, getChannel, getChannelMessages, getMessage, createMessage, deleteMessage,
        bulkDeleteMessages, getGuild, getGuildChannels, getGuildRoles, listGuildMembers, getGuildMember,
        modifyGuildMember, removeGuildMember, getGuildBan, createGuildBan, removeGuildBan, getGuildAuditLog,
    ]
}
