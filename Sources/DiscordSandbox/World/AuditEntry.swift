import Contracts

struct AuditEntry: Equatable, Sendable {
    let id: Snowflake
    let action: AuditAction
    let actorID: Snowflake
    let targetID: Snowflake?
    let reason: String?
    var changes: [Change] = []
    var options: JSONObject = [:]

    struct Change: Equatable, Sendable {
        let key: String
        let old: JSONValue?
        let new: JSONValue?
    }

    /// nil when nothing changed.
    static func change(_ key: String, _ old: JSONValue?, _ new: JSONValue?) -> Change? {
        let before = old == .null ? nil : old
        let after = new == .null ? nil : new
        return before == after ? nil : Change(key: key, old: before, new: after)
    }

    var json: JSONObject {
        var entry: JSONObject = [
            "id": .id(id), "user_id": .id(actorID), "target_id": .id(targetID), "action_type": .int(action.rawValue),
        ]
        if !changes.isEmpty {
            entry["changes"] = .array(
                changes.map { change in
                    var object: JSONObject = ["key": .string(change.key)]
                    object["old_value"] = change.old
                    object["new_value"] = change.new
                    return .object(object)
                })
        }
        if !options.members.isEmpty { entry["options"] = .object(options) }
        entry["reason"] = reason.map { .string($0) }
        return entry
    }
}

/// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events>
enum AuditAction: Int, Sendable {
    case channelCreate = 10
    case channelUpdate = 11
    case channelDelete = 12
    case overwriteCreate = 13
    case overwriteUpdate = 14
    case overwriteDelete = 15
    case memberKick = 20
    case memberPrune = 21
    case memberBanAdd = 22
    case memberBanRemove = 23
    case memberUpdate = 24
    case memberRoleUpdate = 25
    case roleCreate = 30
    case roleUpdate = 31
    case roleDelete = 32
    case webhookCreate = 50
    case webhookDelete = 52
    case messageDelete = 72
    case messageBulkDelete = 73
    case messagePin = 74
    case messageUnpin = 75
    case scheduledEventCreate = 100
    case scheduledEventDelete = 102
    case threadCreate = 110
    case threadUpdate = 111
    case threadDelete = 112
    case autoModerationRuleCreate = 140
    case autoModerationRuleDelete = 142

    /// The kind that `GET /sandbox/effects` counts.
    var effect: String {
        switch self {
        case .channelCreate: "channel.create"
        case .channelUpdate: "channel.update"
        case .channelDelete: "channel.delete"
        case .overwriteCreate: "overwrite.create"
        case .overwriteUpdate: "overwrite.update"
        case .overwriteDelete: "overwrite.delete"
        case .memberKick: "member.kick"
        case .memberPrune: "member.prune"
        case .memberBanAdd: "ban.add"
        case .memberBanRemove: "ban.remove"
        case .memberUpdate: "member.update"
        case .memberRoleUpdate: "member.roles"
        case .roleCreate: "role.create"
        case .roleUpdate: "role.update"
        case .roleDelete: "role.delete"
        case .webhookCreate: "webhook.create"
        case .webhookDelete: "webhook.delete"
        case .messageDelete: "message.delete"
        case .messageBulkDelete: "message.bulk_delete"
        case .messagePin: "message.pin"
        case .messageUnpin: "message.unpin"
        case .scheduledEventCreate: "scheduled_event.create"
        case .scheduledEventDelete: "scheduled_event.delete"
        case .threadCreate: "thread.create"
        case .threadUpdate: "thread.update"
        case .threadDelete: "thread.delete"
        case .autoModerationRuleCreate: "auto_moderation_rule.create"
        case .autoModerationRuleDelete: "auto_moderation_rule.delete"
        }
    }
}
