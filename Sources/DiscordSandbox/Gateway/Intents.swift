/// Which events a session asks for. Source: <https://discord.com/developers/docs/events/gateway#gateway-intents>
struct Intents: OptionSet, Hashable, Sendable {
    let rawValue: Int

    init(rawValue: Int) { self.rawValue = rawValue }
    private init(bit: Int) { rawValue = 1 << bit }

    static let guilds = Intents(bit: 0)
    static let members = Intents(bit: 1)
    static let moderation = Intents(bit: 2)
    static let webhooks = Intents(bit: 5)
    static let presences = Intents(bit: 8)
    static let messages = Intents(bit: 9)
    static let reactions = Intents(bit: 10)
    static let typing = Intents(bit: 11)
    static let messageContent = Intents(bit: 15)
    static let scheduledEvents = Intents(bit: 16)
    static let autoModerationRules = Intents(bit: 20)

    static let privileged: Intents = [.members, .presences, .messageContent]
    /// 0 to 16, 20, 21, 24 and 25.
    static let documented = Intents(rawValue: (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25)

    /// The intent that brings this event; nil when it comes always.
    static func required(for event: String) -> Intents? {
        switch event {
        case "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE": .members
        case "GUILD_BAN_ADD", "GUILD_BAN_REMOVE", "GUILD_AUDIT_LOG_ENTRY_CREATE": .moderation
        case "WEBHOOKS_UPDATE": .webhooks
        case "TYPING_START": .typing
        case let name where name.hasPrefix("MESSAGE_REACTION_"): .reactions
        case let name where name.hasPrefix("MESSAGE_"): .messages
        case let name where name.hasPrefix("GUILD_SCHEDULED_EVENT_"): .scheduledEvents
        case let name where name.hasPrefix("AUTO_MODERATION_RULE_"): .autoModerationRules
        case "GUILD_MEMBERS_CHUNK", "RATE_LIMITED", "READY", "RESUMED": nil
        default: .guilds
        }
    }
}
