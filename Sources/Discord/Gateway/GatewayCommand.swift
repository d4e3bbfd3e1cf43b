public import Contracts

/// What a bot may ask for over the gateway.
public enum GatewayCommand: Hashable, Sendable {
    /// The named users, at most 100, as `GUILD_MEMBERS_CHUNK` events; `nonce` at most 32 bytes.
    /// Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members>
    case requestMembers(guild: Snowflake, users: [Snowflake], nonce: String?)
    /// All members; needs the GUILD_MEMBERS intent, and Discord allows it once in 30 seconds for a guild.
    case requestAllMembers(guild: Snowflake, nonce: String?)

    /// Discord closes a connection that sends more.
    /// Source: <https://discord.com/developers/docs/events/gateway#sending-events>
    static let maximumPayloadBytes = 4096

    /// Why a command was not sent.
    public enum Refusal: Error, Hashable, Sendable {
        case tooLong
        /// No session is ready, or too many commands wait already.
        case notReady
    }

    func payload() throws(Refusal) -> [UInt8] {
        var members: [String: JSONValue] = [:]
        switch self {
        case .requestMembers(let guild, let users, let nonce):
            members["guild_id"] = .string(guild.description)
            members["user_ids"] = .array(users.map { .string($0.description) })
            members["nonce"] = nonce.map { .string($0) }
        case .requestAllMembers(let guild, let nonce):
            members["guild_id"] = .string(guild.description)
            members["query"] = .string("")
            members["limit"] = .integer(0)
            members["nonce"] = nonce.map { .string($0) }
        }
        let payload = GatewayPayload.encode(.requestGuildMembers, .object(members))
        guard payload.count <= Self.maximumPayloadBytes else { throw .tooLong }
        return payload
    }
}
