/// Which events a session asks for. Source: <https://discord.com/developers/docs/events/gateway#gateway-intents>
struct Intents: OptionSet, Hashable, Sendable {
    let rawValue: Int

    init(rawValue: Int) { self.rawValue = rawValue }
    private init(bit: Int) { rawValue = 1 << bit }

    static let guilds = Intents(bit: 0)
    static let members = Intents(bit: 1)
    static let moderation = Intents(bit: 2)
    static let expressions = Intents(bit: 3)
    static let integrations = Intents(bit: 4)
    static let webhooks = Intents(bit: 5)
    static let invites = Intents(bit: 6)
    static let voiceStates = Intents(bit: 7)
    static let presences = Intents(bit: 8)
    static let messages = Intents(bit: 9)
    static let reactions = Intents(bit: 10)
    static let typing = Intents(bit: 11)
    static let directMessages = Intents(bit: 12)
    static let directReactions = Intents(bit: 13)
    static let directTyping = Intents(bit: 14)
    static let messageContent = Intents(bit: 15)
    static let scheduledEvents = Intents(bit: 16)
    static let autoModerationRules = Intents(bit: 20)
    static let autoModerationExecution = Intents(bit: 21)
    static let polls = Intents(bit: 24)
    static let directPolls = Intents(bit: 25)

    static let privileged: Intents = [.members, .presences, .messageContent]
    /// 0 to 16, 20, 21, 24 and 25.
    static let documented = Intents(rawValue: (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25)

    /// The privileged ones by the names of the command line.
    init(named names: Set<String>) {
        let known: [String: Intents] = ["members": .members, "presences": .presences, "content": .messageContent]
        self = names.reduce(into: []) { $0.formUnion(known[$1] ?? []) }
    }

    /// Any one of these brings the event; nil when it comes always.
    static func required(for event: String, isDirect: Bool) -> Intents? {
        switch event {
        case "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE": .members
        case "THREAD_MEMBERS_UPDATE": [.guilds, .members]
        case "GUILD_BAN_ADD", "GUILD_BAN_REMOVE", "GUILD_AUDIT_LOG_ENTRY_CREATE": .moderation
        case "GUILD_EMOJIS_UPDATE", "GUILD_STICKERS_UPDATE": .expressions
        case let name where name.hasPrefix("GUILD_SOUNDBOARD_"): .expressions
        case "GUILD_INTEGRATIONS_UPDATE": .integrations
        case let name where name.hasPrefix("INTEGRATION_"): .integrations
        case "WEBHOOKS_UPDATE": .webhooks
        case let name where name.hasPrefix("INVITE_"): .invites
        case "VOICE_STATE_UPDATE", "VOICE_CHANNEL_EFFECT_SEND": .voiceStates
        case "VOICE_CHANNEL_STATUS_UPDATE", "VOICE_CHANNEL_START_TIME_UPDATE": .guilds
        case "PRESENCE_UPDATE": .presences
        case "TYPING_START": isDirect ? .directTyping : .typing
        case "CHANNEL_PINS_UPDATE": isDirect ? .directMessages : .guilds
        case let name where name.hasPrefix("MESSAGE_REACTION_"): isDirect ? .directReactions : .reactions
        case let name where name.hasPrefix("MESSAGE_POLL_VOTE_"): isDirect ? .directPolls : .polls
        case let name where name.hasPrefix("MESSAGE_"): isDirect ? .directMessages : .messages
        case let name where name.hasPrefix("GUILD_SCHEDULED_EVENT_"): .scheduledEvents
        case let name where name.hasPrefix("AUTO_MODERATION_RULE_"): .autoModerationRules
        case "AUTO_MODERATION_ACTION_EXECUTION": .autoModerationExecution
        case "USER_UPDATE", "VOICE_SERVER_UPDATE": nil
        default: .guilds
        }
    }
}
