extension Route {
    static let getGuildRoles = Route(
        .get, "/guilds/{guild_id}/roles", page: "resources/guild#get-guild-roles")
    static let getGuildRole = Route(
        .get, "/guilds/{guild_id}/roles/{role_id}", page: "resources/guild#get-guild-role")
    static let getRoleMemberCounts = Route(
        .get, "/guilds/{guild_id}/roles/member-counts", page: "resources/guild#get-guild-role-member-counts")
    static let createGuildRole = Route(
        .post, "/guilds/{guild_id}/roles", needs: .manageRoles, reason: true, page: "resources/guild#create-guild-role")
    static let modifyGuildRolePositions = Route(
        .patch, "/guilds/{guild_id}/roles",
        needs: .manageRoles, reason: true, page: "resources/guild#modify-guild-role-positions")
    static let modifyGuildRole = Route(
        .patch, "/guilds/{guild_id}/roles/{role_id}",
        needs: .manageRoles, reason: true, page: "resources/guild#modify-guild-role")
    static let deleteGuildRole = Route(
        .delete, "/guilds/{guild_id}/roles/{role_id}",
        needs: .manageRoles, reason: true, page: "resources/guild#delete-guild-role")

    static let roles: [Route] = [
        .getGuildRoles, .getGuildRole, .getRoleMemberCounts, .createGuildRole, .modifyGuildRolePositions,
        .modifyGuildRole, .deleteGuildRole,
    ]
}
