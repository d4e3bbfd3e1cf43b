extension Route {
    static let listGuildMembers = Route(
        .get, "/guilds/{guild_id}/members", page: "resources/guild#list-guild-members")
    static let searchGuildMembers = Route(
        .get, "/guilds/{guild_id}/members/search", page: "resources/guild#search-guild-members")
    static let getGuildMember = Route(
        .get, "/guilds/{guild_id}/members/{user_id}", page: "resources/guild#get-guild-member")
    static let modifyGuildMember = Route(
        .patch, "/guilds/{guild_id}/members/{user_id}", reason: true, page: "resources/guild#modify-guild-member")
    static let modifyCurrentMember = Route(
        .patch, "/guilds/{guild_id}/members/@me", reason: true, page: "resources/guild#modify-current-member")
    static let addGuildMemberRole = Route(
        .put, "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        needs: .manageRoles, reason: true, page: "resources/guild#add-guild-member-role")
    static let removeGuildMemberRole = Route(
        .delete, "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        needs: .manageRoles, reason: true, page: "resources/guild#remove-guild-member-role")
    static let removeGuildMember = Route(
        .delete, "/guilds/{guild_id}/members/{user_id}",
        needs: .kickMembers, reason: true, page: "resources/guild#remove-guild-member")
    static let listJoinRequests = Route(
        .get, "/guilds/{guild_id}/requests", needs: .kickMembers, page: "resources/guild")
    static let decideJoinRequest = Route(
        .patch, "/guilds/{guild_id}/requests/{request_id}", needs: .kickMembers, page: "resources/guild")

    static let members: [Route] = [
        .listGuildMembers, .searchGuildMembers, .getGuildMember, .modifyGuildMember, .modifyCurrentMember,
        .addGuildMemberRole, .removeGuildMemberRole, .removeGuildMember, .listJoinRequests, .decideJoinRequest,
    ]
}
