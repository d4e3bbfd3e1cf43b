import Contracts

/// Source: <https://discord.com/developers/docs/resources/auto-moderation>
enum AutoModerationRoutes {
    private static let edits = RateRule.shared("auto-moderation", 5, seconds: 5)
    private static let rules = "/guilds/{guild_id}/auto-moderation/rules"

    static let all: [Route] = [
        .get(rules, .lookups, list),
        .get("\(rules)/{rule_id}", .lookups, get),
        .post(rules, edits, create),
        .patch("\(rules)/{rule_id}", edits, change),
        .delete("\(rules)/{rule_id}", edits, delete),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        return .ok(World.ordered(guild.autoModerationRules))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try rule(world, call).rule)
    }

    private static func rule(_ world: World, _ call: APICall) throws(APIError) -> (guild: Guild, rule: JSONObject) {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        guard let rule = guild.autoModerationRules[try call.id("rule_id")] else { throw .unknownRule }
        return (guild, rule)
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        let id = world.mintID()
        let fixed: JSONObject = ["id": .id(id), "guild_id": .id(guild.id), "creator_id": .id(try call.user)]
        let rule = fixed.merging(try AutoModerationForm.rule(body, in: guild, of: call.user, world))
        world.guilds[guild.id]?.autoModerationRules[id] = rule
        world.emit("AUTO_MODERATION_RULE_CREATE", guild: guild.id, to: .holders(of: .manageGuild), rule)
        world.audit(
            .autoModerationRuleCreate, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: nil, new: rule["name"])])
        return .ok(rule)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, old) = try rule(world, call)
        var body = old
        for member in try call.object.members where member.key != "trigger_type" { body[member.key] = member.value }
        let fixed: JSONObject = [
            "id": old["id"] ?? .null, "guild_id": .id(guild.id), "creator_id": old["creator_id"] ?? .null,
        ]
        var others = guild
        others.autoModerationRules[try call.id("rule_id")] = nil
        let new = fixed.merging(try AutoModerationForm.rule(body, in: others, of: call.user, world))
        world.guilds[guild.id]?.autoModerationRules[try call.id("rule_id")] = new
        world.emit("AUTO_MODERATION_RULE_UPDATE", guild: guild.id, to: .holders(of: .manageGuild), new)
        world.audit(
            .autoModerationRuleUpdate, in: guild.id, by: try call.actor, target: try call.id("rule_id"),
            changes: ["name", "enabled", "actions", "trigger_metadata", "exempt_roles", "exempt_channels"].map {
                AuditEntry.change($0, old[$0], new[$0])
            })
        return .ok(new)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, rule) = try rule(world, call)
        let id = try call.id("rule_id")
        world.guilds[guild.id]?.autoModerationRules[id] = nil
        world.emit("AUTO_MODERATION_RULE_DELETE", guild: guild.id, to: .holders(of: .manageGuild), rule)
        world.audit(
            .autoModerationRuleDelete, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: rule["name"], new: nil)])
        return .noContent
    }
}
