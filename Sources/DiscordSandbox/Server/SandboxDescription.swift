public import Contracts

/// Where a running sandbox is and what is in it: the `sandbox` object of the ready file.
public struct SandboxDescription: Sendable {
    /// For instance `http://127.0.0.1:4711/api/v10`.
    public let restURL: String
    /// For instance `ws://127.0.0.1:4711`.
    public let gatewayURL: String
    /// The bot's token; it opens nothing but this sandbox.
    public let token: String
    /// A person's token, the guild owner's: for acting as a human in tests.
    public let ownerToken: String
    /// The guild "Harbor".
    public let guildID: Snowflake
    /// All guilds of the bot, "Harbor" first.
    public let guildIDs: [Snowflake]
    /// By name, channels that hold messages, and the forum.
    public let channelIDs: [String: Snowflake]
    /// By user name, people only.
    public let userIDs: [String: Snowflake]
    /// By name, without @everyone.
    public let roleIDs: [String: Snowflake]
    /// The bot's application as an OAuth2 client.
    public let clientID: Snowflake
    /// Its secret; it opens nothing but this sandbox.
    public let clientSecret: String

    let json: JSONValue

    init(_ seeded: SeededWorld, authority: String) {
        func object(_ pairs: [(name: String, id: Snowflake)]) -> JSONValue {
            .object(pairs.reduce(into: [:]) { $0[$1.name] = .id($1.id) })
        }
        restURL = "http://\(authority)/api/v10"
        gatewayURL = "ws://\(authority)"
        token = seeded.botToken
        ownerToken = seeded.ownerToken
        guildID = seeded.guildID
        guildIDs = [seeded.guildID] + seeded.otherGuildIDs
        channelIDs = Dictionary(uniqueKeysWithValues: seeded.channelIDs.map { ($0.name, $0.id) })
        userIDs = Dictionary(uniqueKeysWithValues: seeded.userIDs.map { ($0.name, $0.id) })
        roleIDs = Dictionary(uniqueKeysWithValues: seeded.roleIDs.map { ($0.name, $0.id) })
        clientID = seeded.botID
        clientSecret = seeded.clientSecret
        json = [
            "rest_url": .string(restURL), "gateway_url": .string(gatewayURL), "token": .string(token),
            "owner_token": .string(ownerToken), "guild_id": .id(guildID), "guild_ids": .ids(guildIDs),
            "channel_ids": object(seeded.channelIDs), "user_ids": object(seeded.userIDs),
            "role_ids": object(seeded.roleIDs), "client_id": .id(clientID), "client_secret": .string(clientSecret),
            "authorize_url": .string("http://\(authority)/oauth2/authorize"),
        ]
    }

    /// The JSON of the ready file, with names in the order of the guild.
    public var jsonText: String { String(decoding: json.utf8, as: UTF8.self) }
}
