extension Route {
    static let listGuildBans = Route(
        .get, "/guilds/{guild_id}/bans", needs: .banMembers, page: "resources/guild#get-guild-bans")
    static let getGuildBan = Route(
        .get, "/guilds/{guild_id}/bans/{user_id}", needs: .banMembers, page: "resources/guild#get-guild-ban")
    static let createGuildBan = Route(
        .put, "/guilds/{guild_id}/bans/{user_id}",
        needs: .banMembers, reason: true, page: "resources/guild#create-guild-ban")
    static let removeGuildBan = Route(
        .delete, "/guilds/{guild_id}/bans/{user_id}",
        needs: .banMembers, reason: true, page: "resources/guild#remove-guild-ban")
    static let bulkBan = Route(
        .post, "/guilds/{guild_id}/bulk-ban",
        needs: [.banMembers, .manageGuild], reason: true, repeatable: true, page: "resources/guild#bulk-guild-ban")
    static let getPruneCount = Route(
        .get, "/guilds/{guild_id}/prune",
        needs: [.manageGuild, .kickMembers], page: "resources/guild#get-guild-prune-count")
    static let beginPrune = Route(
        .post, "/guilds/{guild_id}/prune",
        needs: [.manageGuild, .kickMembers], reason: true, page: "resources/guild#begin-guild-prune")
    static let getGuildAuditLog = Route(
        .get, "/guilds/{guild_id}/audit-logs", needs: .viewAuditLog, page: "resources/audit-log#get-guild-audit-log")

    static let moderation: [Route] = [
        .listGuildBans, .getGuildBan, .createGuildBan, .removeGuildBan, .bulkBan, .getPruneCount, .beginPrune,
        .getGuildAuditLog,
    ]
}
