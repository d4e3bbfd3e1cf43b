import Contracts

/// Rules are kept and listed; the sandbox does not run them.
/// Source: <https://discord.com/developers/docs/resources/auto-moderation>
enum AutoModerationRoutes {
    private static let edits = RateRule.shared("auto-moderation", 5, seconds: 5)
    private static let rules = "/guilds/{guild_id}/auto-moderation/rules"

    static let all: [Route] = [
        .get(rules, .lookups, list),
        .get("\(rules)/{rule_id}", .lookups, get),
        .post(rules, edits, create),
        .delete("\(rules)/{rule_id}", edits, delete),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        return .ok(guild.autoModerationRules.sorted { $0.key < $1.key }.map(\.value))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        guard let rule = guild.autoModerationRules[try call.id("rule_id")] else { throw .unknownRule }
        return .ok(rule)
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        let name = try body.requiredText("name", length: 1...100)
        guard let trigger = try body.int("trigger_type", in: 1...6) else { throw .required("trigger_type") }
        guard let actions = body["actions"]?.array, !actions.isEmpty else { throw .required("actions") }
        let id = world.mintID()
        let rule: JSONObject = [
            "id": .id(id), "guild_id": .id(guild.id), "creator_id": .id(try call.user), "name": .string(name),
            "event_type": .int(try body.int("event_type", in: 1...2) ?? 1), "trigger_type": .int(trigger),
            "trigger_metadata": .object(metadata(of: trigger, body["trigger_metadata"]?.object ?? [:])),
            "actions": .array(
                actions.map { ["metadata": $0["metadata"] ?? [:], "type": $0["type"] ?? 1] }),
            "enabled": .bool(try body.flag("enabled") ?? false), "exempt_roles": body["exempt_roles"] ?? [],
            "exempt_channels": body["exempt_channels"] ?? [],
        ]
        world.guilds[guild.id]?.autoModerationRules[id] = rule
        world.emit("AUTO_MODERATION_RULE_CREATE", guild: guild.id, to: .holders(of: .manageGuild), rule)
        world.audit(.autoModerationRuleCreate, in: guild.id, by: try call.actor, target: id)
        return .ok(rule)
    }

    /// Keyword rules always name their three lists.
    private static func metadata(of trigger: Int, _ given: JSONObject) -> JSONObject {
        guard trigger == 1 else { return given }
        let empty: JSONObject = ["keyword_filter": [], "regex_patterns": [], "allow_list": []]
        return empty.merging(given)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.manageGuild])
        let id = try call.id("rule_id")
        guard let rule = guild.autoModerationRules[id] else { throw .unknownRule }
        world.guilds[guild.id]?.autoModerationRules[id] = nil
        world.emit("AUTO_MODERATION_RULE_DELETE", guild: guild.id, to: .holders(of: .manageGuild), rule)
        world.audit(.autoModerationRuleDelete, in: guild.id, by: try call.actor, target: id)
        return .noContent
    }
}
