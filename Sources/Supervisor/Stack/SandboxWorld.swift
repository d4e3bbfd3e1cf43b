import FoundationEssentials

/// What the sandbox says of itself once it listens: the `sandbox` object of the ready file.
struct SandboxWorld: Codable {
    var restURL: String
    var gatewayURL: String
    var token: String
    var ownerToken: String
    var guildID: String
    var channelIDs: [String: String]
    var userIDs: [String: String]
    var roleIDs: [String: String]

    enum CodingKeys: String, CodingKey {
        case token
        case restURL = "rest_url"
        case gatewayURL = "gateway_url"
        case ownerToken = "owner_token"
        case guildID = "guild_id"
        case channelIDs = "channel_ids"
        case userIDs = "user_ids"
        case roleIDs = "role_ids"
    }

    static func read(from path: String) -> SandboxWorld? {
        guard let text = TextFile.read(path) else { return nil }
        return try? JSONDecoder().decode(SandboxWorld.self, from: Data(text.utf8))
    }

    /// The port of its one listener.
    var port: Int? {
        restURL.split(separator: "/").dropFirst().first?.split(separator: ":").last.flatMap { Int($0) }
    }
}
