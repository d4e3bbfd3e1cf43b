import Contracts

/// Everything that a Discord would remember, and the rules by which it changes. Pure: time comes in by `advance(to:)`,
/// what happened goes out by `takeEvents()`. An operation that throws has changed nothing.
struct World: Sendable {
    private(set) var now: Timestamp
    private(set) var lastID: Snowflake
    private(set) var effects = EffectLedger()
    private var events: [WorldEvent] = []
    /// Where this world is reached, for the URLs in its objects.
    var site = "http://127.0.0.1"

    var users: [Snowflake: User] = [:]
    var accounts: [String: Account] = [:]
    var guilds: [Snowflake: Guild] = [:]
    var channels: [Snowflake: Channel] = [:]
    var histories: [Snowflake: History] = [:]
    var webhooks: [Snowflake: Webhook] = [:]
    var logins = Logins()
    var applicationDescription = "A sandbox application"
    /// Uploaded files by `channel/id/name`.
    var files: [String: StoredFile] = [:]
    /// Global application commands, and emojis of applications.
    var commands: [Snowflake: [JSONObject]] = [:]
    var applicationEmojis: [Snowflake: [Snowflake: JSONObject]] = [:]
    /// Until then a search answers that the index is not ready.
    var indexesSearchUntil: Timestamp?
    /// Polls that still take votes, by message.
    var openPolls: [Snowflake: Snowflake] = [:]
    var recentNonces: [NonceKey: SeenNonce] = [:]
    var lastSpoke: [SlowmodeKey: Timestamp] = [:]

    struct NonceKey: Hashable, Sendable {
        let author: Snowflake
        let nonce: String
    }

    struct SeenNonce: Sendable {
        let channelID: Snowflake
        let messageID: Snowflake
        let at: Timestamp
    }

    struct SlowmodeKey: Hashable, Sendable {
        let channel: Snowflake
        let user: Snowflake
    }

    struct StoredFile: Sendable {
        let contentType: String
        let bytes: [UInt8]
    }

    init(now: Timestamp) {
        self.now = now
        lastID = Snowflake(unixMilliseconds: 0)
    }

    /// The clock never goes back, so that ids stay in order.
    mutating func advance(to time: Timestamp) { now = max(now, time) }

    mutating func takeEvents() -> [WorldEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    /// From here on events and effects count: what came before is history.
    mutating func beginCounting() {
        events = []
        effects = EffectLedger()
    }

    mutating func emit(_ event: WorldEvent) { events.append(event) }

    mutating func emit(
        _ name: String, guild: Snowflake, to audience: WorldEvent.Audience = .everyone, _ data: JSONObject
    ) {
        events.append(WorldEvent(name: name, guildID: guild, audience: audience, data: data))
    }

    /// A fresh id, greater than all before it.
    mutating func mintID() -> Snowflake {
        lastID = max(Snowflake(unixMilliseconds: now.milliseconds), Snowflake(lastID.rawValue + 1))
        return lastID
    }

    mutating func record(
        _ kind: String, by actor: Snowflake, target: Snowflake? = nil, channel: Snowflake? = nil,
        nonce: String? = nil, reason: String? = nil
    ) {
        effects.append(
            Effect(
                kind: kind, at: now, actorID: actor, targetID: target, channelID: channel, nonce: nonce, reason: reason)
        )
    }
}

extension World {
    /// Who does something, and the X-Audit-Log-Reason that came with it.
    struct Actor: Equatable, Sendable {
        let id: Snowflake
        var reason: String?
    }

    mutating func audit(
        _ action: AuditAction, in guildID: Snowflake, by actor: Actor, target: Snowflake?,
        channel: Snowflake? = nil, changes: [AuditEntry.Change?] = [], options: JSONObject = [:]
    ) {
        let entry = AuditEntry(
            id: mintID(), action: action, actorID: actor.id, targetID: target, reason: actor.reason,
            changes: changes.compactMap { $0 }, options: options)
        guilds[guildID]?.auditLog.append(entry)
        record(action.effect, by: actor.id, target: target, channel: channel, reason: actor.reason)
        var data = entry.json
        data["guild_id"] = .id(guildID)
        emit("GUILD_AUDIT_LOG_ENTRY_CREATE", guild: guildID, to: .holders(of: .viewAuditLog), data)
    }
}
