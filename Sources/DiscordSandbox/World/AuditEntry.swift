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
