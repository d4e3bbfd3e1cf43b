import Contracts

struct Overwrite: Equatable, Sendable {
    let id: Snowflake
    let target: Target
    var allow: Permissions
    var deny: Permissions

    enum Target: Int, Sendable {
        case role = 0
        case member = 1
    }

    var json: JSONValue {
        ["id": .id(id), "type": .int(target.rawValue), "allow": allow.json, "deny": deny.json]
    }
}
