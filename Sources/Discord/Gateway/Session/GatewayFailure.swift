/// Why the gateway cannot be used until somebody changes something.
/// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>
public enum GatewayFailure: Error, Hashable, Sendable {
    /// 4004, or 401 from REST.
    case tokenRejected
    /// The session ended and the configuration allows no new one.
    case sessionLost
    /// 4010
    case invalidShard(id: Int, count: Int)
    /// 4011
    case shardingRequired
    /// 4012
    case invalidVersion
    /// 4013
    case invalidIntents
    /// 4014: names as the developer portal shows them.
    case disallowedIntents(privileged: [String])

    init?(closeCode: Int, configuration: GatewayConfiguration) {
        switch closeCode {
        case 4004: self = .tokenRejected
        case 4010: self = .invalidShard(id: configuration.shard.id, count: configuration.shard.count)
        case 4011: self = .shardingRequired
        case 4012: self = .invalidVersion
        case 4013: self = .invalidIntents
        case 4014: self = .disallowedIntents(privileged: configuration.intents.privilegedNames)
        default: return nil
        }
    }
}

extension GatewayFailure: CustomStringConvertible {
    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .tokenRejected:
            "Discord does not accept the bot token. Set a valid DISCORD_BOT_TOKEN "
                + "(developer portal, your application, Bot, Reset Token) and restart."
        case .sessionLost: "The stored session is gone."
        case .invalidShard(let id, let count):
            "Discord does not accept shard \(id) of \(count). Correct DISCORD_MCP_SHARDS."
        case .shardingRequired:
            "The bot is in too many guilds for so few shards: Discord requires more. "
                + "Set DISCORD_MCP_SHARDS to auto, or to a higher number."
        case .invalidVersion:
            "Discord no longer speaks this version of the gateway. Update this program."
        case .invalidIntents:
            "Discord does not know an intent that was asked for. Correct DISCORD_MCP_INTENTS, or leave it out."
        case .disallowedIntents(let names):
            "The bot may not use a privileged intent. Open https://discord.com/developers/applications, "
                + "choose your application, Bot, Privileged Gateway Intents, and switch on: "
                + "\(names.joined(separator: ", ")). Then restart. To go without, leave it out of DISCORD_MCP_INTENTS."
        }
    }
}
