import Contracts

struct User: Equatable, Sendable {
    let id: Snowflake
    var username: String
    var globalName: String?
    var isBot = false
}

struct Role: Equatable, Sendable {
    let id: Snowflake
    var name: String
    var permissions: Permissions
    var position: Int
    var color = 0
    var hoist = false
    var mentionable = false
    /// The bot that a managed role belongs to.
    var botID: Snowflake?
}

struct Member: Equatable, Sendable {
    let userID: Snowflake
    var nick: String?
    var roles: [Snowflake] = []
    let joinedAt: Timestamp
    var timedOutUntil: Timestamp?
    var mute = false
    var deaf = false
}

struct Ban: Equatable, Sendable {
    let userID: Snowflake
    let reason: String?
}

struct Webhook: Equatable, Sendable {
    let id: Snowflake
    let guildID: Snowflake
    let channelID: Snowflake
    let creatorID: Snowflake
    let name: String
    let token: String
}

/// What a token stands for.
struct Account: Equatable, Sendable {
    let userID: Snowflake
    /// Privileged intents that the application has switched on; people have none.
    let privilegedIntents: Intents
}

struct Guild: Equatable, Sendable {
    let id: Snowflake
    var name: String
    let ownerID: Snowflake
    var roles: [Snowflake: Role] = [:]
    var members: [Snowflake: Member] = [:]
    var bans: [Snowflake: Ban] = [:]
    var channels: Set<Snowflake> = []
    /// Oldest first.
    var auditLog: [AuditEntry] = []
    /// Wire objects by id: the sandbox stores rules and events but does not run them.
    var autoModerationRules: [Snowflake: JSONObject] = [:]
    var scheduledEvents: [Snowflake: JSONObject] = [:]

    /// Highest role of that member: a bigger position wins, at equal positions the lower id.
    func rank(of userID: Snowflake) -> (position: Int, id: Snowflake) {
        let held = (members[userID]?.roles ?? []).compactMap { roles[$0] }
        let top = held.max { ($0.position, $1.id) < ($1.position, $0.id) }
        return top.map { ($0.position, $0.id) } ?? (0, id)
    }
}
