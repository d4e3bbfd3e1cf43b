public import Contracts

/// What to post. Nobody is pinged unless `allowedMentions` says so.
/// Source: <https://discord.com/developers/docs/resources/message#create-message-jsonform-params>
public struct CreateMessage: Hashable, Sendable, RequestBody {
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

        var problems: [String] {
            var limits = RequestLimits()
            limits.count(users, 0...100, "users")
            limits.count(roles, 0...100, "roles")
            for (kind, list) in [("users", users), ("roles", roles)] {
                limits.require(
                    !parse.contains(kind) || list?.isEmpty ?? true, "\(kind): excludes \(kind) in parse")
            }
            return limits.problems
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
    public var components: [JSONValue]?
    /// At most 3.
    public var stickerIDs: [Snowflake]?
    public var poll: CreatePoll?
    /// At most 10, with 25 MiB in all.
    public var files: [FileUpload] = []

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

    public var problems: [String] {
        var limits = MessageLimits.problems(content: content, embeds: embeds, components: components, flags: flags)
        limits.length(nonce, 1...25, "nonce")
        limits.count(stickerIDs, 0...3, "sticker_ids")
        limits.include(allowedMentions.problems, in: "allowed_mentions")
        if let poll { limits.include(poll.problems, in: "poll") }
        let hasContent =
            content?.isEmpty == false || embeds?.isEmpty == false || components?.isEmpty == false
            || stickerIDs?.isEmpty == false || poll != nil || !files.isEmpty || reply?.type == 1
        limits.require(hasContent, "content: a message needs content, embeds, components, stickers, a poll or files")
        return limits.problems
    }

    public var needs: Permissions {
        var needs = Permissions()
        if embeds?.isEmpty == false { needs.insert(.embedLinks) }
        if !files.isEmpty { needs.insert(.attachFiles) }
        if poll != nil { needs.insert(.sendPolls) }
        if reply != nil { needs.insert(.readMessageHistory) }
        if allowedMentions.parse.contains("everyone") { needs.insert(.mentionEveryone) }
        return needs
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
        try container.encodeIfPresent(components, forKey: .components)
        try container.encodeIfPresent(stickerIDs, forKey: .stickerIDs)
        try container.encodeIfPresent(poll, forKey: .poll)
        if !files.isEmpty { try container.encode(AttachmentUpload.list(files), forKey: .attachments) }
    }

    enum CodingKeys: String, CodingKey {
        case content, embeds, nonce, flags, components, poll, attachments
        case allowedMentions = "allowed_mentions"
        case reply = "message_reference"
        case enforceNonce = "enforce_nonce"
        case stickerIDs = "sticker_ids"
    }
}
