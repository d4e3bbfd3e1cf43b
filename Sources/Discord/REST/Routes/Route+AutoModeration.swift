extension Route {
    static let listAutoModerationRules = Route(
        .get, "/guilds/{guild_id}/auto-moderation/rules",
        needs: .manageGuild, page: "resources/auto-moderation#list-auto-moderation-rules-for-guild")
    static let getAutoModerationRule = Route(
        .get, "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        needs: .manageGuild, page: "resources/auto-moderation#get-auto-moderation-rule")
    static let createAutoModerationRule = Route(
        .post, "/guilds/{guild_id}/auto-moderation/rules",
        needs: .manageGuild, reason: true, page: "resources/auto-moderation#create-auto-moderation-rule")
    static let modifyAutoModerationRule = Route(
        .patch, "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        needs: .manageGuild, reason: true, page: "resources/auto-moderation#modify-auto-moderation-rule")
    static let deleteAutoModerationRule = Route(
        .delete, "/guilds/{guild_id}/auto-moderation/rules/{rule_id}",
        needs: .manageGuild, reason: true, page: "resources/auto-moderation#delete-auto-moderation-rule")

    static let autoModeration: [Route] = [
        .listAutoModerationRules, .getAutoModerationRule, .createAutoModerationRule, .modifyAutoModerationRule,
        .deleteAutoModerationRule,
    ]
}
