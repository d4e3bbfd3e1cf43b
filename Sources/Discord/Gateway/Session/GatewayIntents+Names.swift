extension GatewayIntents {
    /// Discord's names.
    private static let named: [(name: String, intent: GatewayIntents)] = [
        ("GUILDS", .guilds), ("GUILD_MEMBERS", .guildMembers), ("GUILD_MODERATION", .guildModeration),
        ("GUILD_EXPRESSIONS", .guildExpressions), ("GUILD_INTEGRATIONS", .guildIntegrations),
        ("GUILD_WEBHOOKS", .guildWebhooks), ("GUILD_INVITES", .guildInvites),
        ("GUILD_VOICE_STATES", .guildVoiceStates), ("GUILD_PRESENCES", .guildPresences),
        ("GUILD_MESSAGES", .guildMessages), ("GUILD_MESSAGE_REACTIONS", .guildMessageReactions),
        ("GUILD_MESSAGE_TYPING", .guildMessageTyping), ("DIRECT_MESSAGES", .directMessages),
        ("DIRECT_MESSAGE_REACTIONS", .directMessageReactions), ("DIRECT_MESSAGE_TYPING", .directMessageTyping),
        ("MESSAGE_CONTENT", .messageContent), ("GUILD_SCHEDULED_EVENTS", .guildScheduledEvents),
        ("AUTO_MODERATION_CONFIGURATION", .autoModerationConfiguration),
        ("AUTO_MODERATION_EXECUTION", .autoModerationExecution), ("GUILD_MESSAGE_POLLS", .guildMessagePolls),
        ("DIRECT_MESSAGE_POLLS", .directMessagePolls),
    ]

    /// Every name that `init(names:)` takes.
    public static var allNames: [String] { named.map(\.name) }

    /// The set that the names give, whatever their case; throws the first name that Discord does not have.
    public init(names: [String]) throws(UnknownName) {
        self = []
        for name in names {
            guard let known = Self.named.first(where: { $0.name == name.uppercased() }) else {
                throw UnknownName(name: name)
            }
            insert(known.intent)
        }
    }

    /// Discord's names of this set.
    public var names: [String] { Self.named.filter { contains($0.intent) }.map(\.name) }

    /// A name that is no intent's.
    public struct UnknownName: Error, Hashable, Sendable {
        public let name: String
    }
}

// MARK: - Privileged intents

extension GatewayIntents {
    /// Those that must be switched on in the developer portal, by the name that stands there, with the flags that tell.
    /// Source: <https://discord.com/developers/docs/events/gateway#privileged-intents>
    private static let privileged: [(intent: GatewayIntents, portalName: String, flags: ApplicationFlags)] = [
        (.guildPresences, "Presence Intent", [.gatewayPresence, .gatewayPresenceLimited]),
        (.guildMembers, "Server Members Intent", [.gatewayGuildMembers, .gatewayGuildMembersLimited]),
        (.messageContent, "Message Content Intent", [.gatewayMessageContent, .gatewayMessageContentLimited]),
    ]

    /// The portal's names of the privileged intents in this set.
    public var privilegedNames: [String] {
        Self.privileged.filter { contains($0.intent) }.map(\.portalName)
    }

    /// Those of them that the application was not granted.
    public func privilegedNames(missingIn flags: ApplicationFlags) -> [String] {
        Self.privileged.filter { contains($0.intent) && flags.isDisjoint(with: $0.flags) }.map(\.portalName)
    }
}
