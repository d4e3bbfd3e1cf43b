import Contracts

struct Guild: Equatable, Sendable {
    let id: Snowflake
    var name: String
    let ownerID: Snowflake
    var roles: [Snowflake: Role] = [:]
    var members = MemberList()
    var bans: [Snowflake: Ban] = [:]
    var channels: Set<Snowflake> = []
    /// Oldest first.
    var auditLog: [AuditEntry] = []
    var voiceStates: [Snowflake: VoiceState] = [:]
    var invites: [String: Invite] = [:]
    var incidents = Incidents()
    /// Members of the guild object that were changed and have no effect here, such as `description`.
    var settings: JSONObject = [:]
    /// Wire objects by id.
    var autoModerationRules: [Snowflake: JSONObject] = [:]
    var scheduledEvents: [Snowflake: JSONObject] = [:]
    /// Who said to come to an event.
    var eventGuests: [Snowflake: [Snowflake]] = [:]
    var emojis: [Snowflake: JSONObject] = [:]
    var stickers: [Snowflake: JSONObject] = [:]
    var sounds: [Snowflake: JSONObject] = [:]
    /// By channel.
    var stageInstances: [Snowflake: JSONObject] = [:]
    var integrations: [Snowflake: JSONObject] = [:]
    var joinRequests: [Snowflake: JSONObject] = [:]
    var templates: [String: JSONObject] = [:]
    var welcomeScreen: JSONObject = ["description": nil, "welcome_channels": []]
    var onboarding: JSONObject = [:]
    var widget: JSONObject = ["enabled": false, "channel_id": nil]
    /// Application commands of this guild, by application.
    var commands: [Snowflake: [JSONObject]] = [:]

    /// Until when the raid switch is on. Source: <https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions>
    struct Incidents: Equatable, Sendable {
        var invitesDisabledUntil: Timestamp?
        var messagesDisabledUntil: Timestamp?
    }

    /// Highest role of that member: a bigger position wins, at equal positions the lower id.
    func rank(of userID: Snowflake) -> (position: Int, id: Snowflake) {
        let held = (members[userID]?.roles ?? []).compactMap { roles[$0] }
        let top = held.max { ($0.position, $1.id) < ($1.position, $0.id) }
        return top.map { ($0.position, $0.id) } ?? (0, id)
    }
}
