/// The payloads that we send.
enum GatewayPayload {
    /// Discord closes a connection that sends more.
    /// Source: <https://discord.com/developers/docs/events/gateway#sending-events>
    static let maximumBytes = 4096

    static func encode(_ opcode: GatewayFrame.Opcode, _ data: JSONValue) -> [UInt8] {
        let payload = JSONValue.object(["op": .integer(Int64(opcode.rawValue)), "d": data])
        // A JSONValue without numbers of its own kind (NaN) always encodes.
        return (try? DiscordJSON.encode(payload)) ?? []
    }

    static func heartbeat(sequence: Int?) -> [UInt8] {
        encode(.heartbeat, sequence.map { .integer(Int64($0)) } ?? .null)
    }

    /// Source: <https://discord.com/developers/docs/events/gateway-events#identify>
    static func identify(_ configuration: GatewayConfiguration, token: BotToken) -> [UInt8] {
        encode(
            .identify,
            .object([
                "token": .string(token.secret),
                "intents": .integer(Int64(configuration.intents.rawValue)),
                "large_threshold": .integer(250),
                "shard": .array([
                    .integer(Int64(configuration.shard.id)), .integer(Int64(configuration.shard.count)),
                ]),
                "properties": .object([
                    "os": .string("linux"), "browser": .string("discord-mcp"), "device": .string("discord-mcp"),
                ]),
            ]))
    }

    /// Source: <https://discord.com/developers/docs/events/gateway-events#resume>
    static func resume(_ session: GatewaySession, token: BotToken) -> [UInt8] {
        encode(
            .resume,
            .object([
                "token": .string(token.secret),
                "session_id": .string(session.id),
                "seq": .integer(Int64(session.sequence)),
            ]))
    }
}
