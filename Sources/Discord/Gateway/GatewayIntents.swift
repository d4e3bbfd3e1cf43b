/// What Discord sends: a bot gets the events of the intents it names.
/// Source: <https://discord.com/developers/docs/events/gateway#gateway-intents>
public struct GatewayIntents: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let guilds = GatewayIntents(rawValue: 1 << 0)
    /// Privileged.
    public static let guildMembers = GatewayIntents(rawValue: 1 << 1)
    public static let guildModeration = GatewayIntents(rawValue: 1 << 2)
    /// Privileged.
    public static let guildPresences = GatewayIntents(rawValue: 1 << 8)
    public static let guildMessages = GatewayIntents(rawValue: 1 << 9)
    public static let guildMessageReactions = GatewayIntents(rawValue: 1 << 10)
    public static let directMessages = GatewayIntents(rawValue: 1 << 12)
    /// Privileged.
    public static let messageContent = GatewayIntents(rawValue: 1 << 15)
    public static let autoModerationExecution = GatewayIntents(rawValue: 1 << 21)
    public static let guildMessagePolls = GatewayIntents(rawValue: 1 << 24)

    /// Those that must be switched on in the developer portal, by the name that stands there.
    public static let privileged: [(intent: GatewayIntents, portalName: String)] = [
        (.guildPresences, "Presence Intent"),
        (.guildMembers, "Server Members Intent"),
        (.messageContent, "Message Content Intent"),
    ]

    /// The portal's names of the privileged intents in this set.
    public var privilegedNames: [String] {
        Self.privileged.filter { contains($0.intent) }.map(\.portalName)
    }
}
