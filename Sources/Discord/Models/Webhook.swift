public import Contracts

/// Its token is a secret that lets anyone post: it must not end in an answer or a log.
/// Source: <https://discord.com/developers/docs/resources/webhook#webhook-object>
public struct Webhook: Hashable, Sendable, Decodable {
    public var id: Snowflake
    /// 1 incoming, 2 follower, 3 application.
    public var type: Int?
    public var guildID: Snowflake?
    public var channelID: Snowflake?
    public var name: String?
    public var user: User?
    public var applicationID: Snowflake?
    public var token: WebhookToken?

    enum CodingKeys: String, CodingKey {
        case id, type, name, user, token
        case guildID = "guild_id"
        case channelID = "channel_id"
        case applicationID = "application_id"
    }
}

/// The secret of a webhook. Its text forms never show it.
public struct WebhookToken: Hashable, Sendable, Decodable, CustomStringConvertible, CustomReflectable {
    let secret: String

    public init(_ secret: String) {
        self.secret = secret
    }

    public init(from decoder: any Decoder) throws {
        secret = try decoder.singleValueContainer().decode(String.self)
    }

    public var description: String { "WebhookToken(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension WebhookToken: PathValue {
    var pathText: String { secret }
}
