import Contracts

/// Turns the body of a rule into the rule, or tells what is wrong.
/// Source: <https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object>
enum AutoModerationForm {
    /// Rules of each trigger in one guild.
    private static let most = [1: 6, 3: 1, 4: 1, 5: 1, 6: 1]

    static func rule(
        _ body: JSONObject, in guild: Guild, of userID: Snowflake, _ world: World
    ) throws(APIError) -> JSONObject {
        let name = try body.requiredText("name", length: 1...100)
        guard let trigger = try body.int("trigger_type", in: 1...6) else { throw .required("trigger_type") }
        guard let limit = most[trigger] else {
            throw .form("trigger_type", "BASE_TYPE_CHOICES", "Value must be one of (1, 3, 4, 5, 6).")
        }
        let same = guild.autoModerationRules.values.count { $0["trigger_type"]?.int == trigger }
        guard same < limit else {
            throw .form(
                "trigger_type", "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED", "Maximum number of rules for this trigger"
            )
        }
        let roles = try body.snowflakes("exempt_roles") ?? []
        guard roles.count <= 20 else { throw .badLength("exempt_roles", 0...20) }
        let channels = try body.snowflakes("exempt_channels") ?? []
        guard channels.count <= 50 else { throw .badLength("exempt_channels", 0...50) }
        return [
            "name": .string(name), "event_type": .int(try body.int("event_type", in: 1...2) ?? (trigger == 6 ? 2 : 1)),
            "trigger_type": .int(trigger),
            "trigger_metadata": .object(try metadata(body["trigger_metadata"]?.object ?? [:], of: trigger)),
            "actions": .array(try actions(body, trigger: trigger, in: guild, of: userID, world)),
            "enabled": .bool(try body.flag("enabled") ?? false), "exempt_roles": .ids(roles),
            "exempt_channels": .ids(channels),
        ]
    }

    private static func actions(
        _ body: JSONObject, trigger: Int, in guild: Guild, of userID: Snowflake, _ world: World
    ) throws(APIError) -> [JSONValue] {
        guard let values = body["actions"]?.array, !values.isEmpty else { throw .required("actions") }
        guard values.count <= 5 else { throw .badLength("actions", 1...5) }
        var actions: [JSONValue] = []
        for (index, value) in values.enumerated() {
            let path = "actions.\(index)"
            let given = value["metadata"]?.object ?? [:]
            var metadata: JSONObject = [:]
            guard let type = value["type"]?.int, (1...4).contains(type) else {
                throw .form("\(path).type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4).")
            }
            switch type {
            case 1:
                if let text = given["custom_message"]?.string {
                    guard text.unicodeScalars.count <= 150 else {
                        throw .badLength("\(path).metadata.custom_message", 0...150)
                    }
                    metadata["custom_message"] = .string(text)
                }
            case 2:
                guard let id = given["channel_id"]?.snowflake, world.channels[id]?.guildID == guild.id else {
                    throw .form("\(path).metadata.channel_id", "CHANNEL_NOT_FOUND", "Unknown channel")
                }
                metadata["channel_id"] = .id(id)
            case 3:
                guard trigger == 1 || trigger == 5 else {
                    throw .form(
                        "\(path).type", "AUTO_MODERATION_ACTION_INVALID", "TIMEOUT needs KEYWORD or MENTION_SPAM")
                }
                guard world.guildPermissions(of: userID, in: guild).contains(.moderateMembers) else {
                    throw .missingPermissions
                }
                guard let seconds = given["duration_seconds"]?.int, (1...2_419_200).contains(seconds) else {
                    throw .outOfRange(
                        "\(path).metadata.duration_seconds", 1...2_419_200, given["duration_seconds"]?.int ?? 0)
                }
                metadata["duration_seconds"] = .int(seconds)
            default: break
            }
            actions.append(["type": .int(type), "metadata": .object(metadata)])
        }
        return actions
    }

    private static func metadata(_ given: JSONObject, of trigger: Int) throws(APIError) -> JSONObject {
        func texts(_ name: String, most: Int, longest: Int) throws(APIError) -> JSONValue {
            let values = given[name]?.array ?? []
            guard values.count <= most else { throw .badLength("trigger_metadata.\(name)", 0...most) }
            for (index, value) in values.enumerated() {
                guard let text = value.string, (1...longest).contains(text.unicodeScalars.count) else {
                    throw .badLength("trigger_metadata.\(name).\(index)", 1...longest)
                }
            }
            return .array(values)
        }
        switch trigger {
        case 1, 6:
            return [
                "keyword_filter": try texts("keyword_filter", most: 1000, longest: 60),
                "regex_patterns": try texts("regex_patterns", most: 10, longest: 260),
                "allow_list": try texts("allow_list", most: 100, longest: 60),
            ]
        case 4:
            let presets = given["presets"]?.array ?? []
            guard presets.allSatisfy({ (1...3).contains($0.int ?? 0) }) else {
                throw .form("trigger_metadata.presets", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
            }
            return [
                "presets": .array(presets), "allow_list": try texts("allow_list", most: 1000, longest: 60),
            ]
        case 5:
            let limit = try given.int("mention_total_limit", in: 1...50) ?? 20
            return [
                "mention_total_limit": .int(limit),
                "mention_raid_protection_enabled": .bool(
                    try given.flag("mention_raid_protection_enabled") ?? false),
            ]
        default: return [:]
        }
    }
}
