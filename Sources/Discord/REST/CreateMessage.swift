public import Contracts

/// What to post. Nobody is pinged unless `allowedMentions` says so.
/// Source: <https://discord.com/developers/docs/resources/message#create-message-jsonform-params>
public struct CreateMessage: Hashable, Sendable, Encodable {
    /// Which mentions in the content ping. Empty: none.
    public struct AllowedMentions: Hashable, Sendable, Encodable {
        /// `users`, `roles`, `everyone`.
        public var parse: [String]
        public var users: [Snowflake]?
        public var roles: [Snowflake]?
        public var repliedUser: Bool?

        public init(
            parse: [String] = [],
            users: [Snowflake]? = nil,
            roles: [Snowflake]? = nil,
            repliedUser: Bool? = nil
        ) {
            self.parse = parse
            self.users = users
            self.roles = roles
            self.repliedUser = repliedUser
        }

        public static let none = AllowedMentions()

        enum CodingKeys: String, CodingKey {
            case parse, users, roles
            case repliedUser = "replied_user"
        }
    }

    /// At most 2000 characters.
    public var content: String?
    /// At most 10, with 6000 characters in all.
    public var embeds: [JSONValue]?
    public var allowedMentions: AllowedMentions
    public var reply: MessageReference?
    /// At most 25 characters. Discord answers a second post with the same nonce, within minutes, with the first
    /// message: only with a nonce is a post whose outcome is unknown sent again.
    public var nonce: String?
    public var flags: Int?

    public init(
        content: String? = nil,
        embeds: [JSONValue]? = nil,
        allowedMentions: AllowedMentions = .none,
        reply: MessageReference? = nil,
        nonce: String? = nil,
        flags: Int? = nil
    ) {
        self.content = content
        self.embeds = embeds
        self.allowedMentions = allowedMentions
        self.reply = reply
        self.nonce = nonce
        self.flags = flags
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(content, forKey: .content)
        try container.encodeIfPresent(embeds, forKey: .embeds)
        try container.encode(allowedMentions, forKey: .allowedMentions)
        try container.encodeIfPresent(reply, forKey: .reply)
        try container.encodeIfPresent(nonce, forKey: .nonce)
        if nonce != nil { try container.encode(true, forKey: .enforceNonce) }
        try container.encodeIfPresent(flags, forKey: .flags)
    }

    enum CodingKeys: String, CodingKey {
        case content, embeds, nonce, flags
        case allowedMentions = "allowed_mentions"
        case reply = "message_reference"
        case enforceNonce = "enforce_nonce"
    }
}
