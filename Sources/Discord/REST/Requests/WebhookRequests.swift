public import Contracts

/// A webhook, new or changed. The name holds neither `clyde` nor `discord`.
/// Source: <https://discord.com/developers/docs/resources/webhook#create-webhook>
public struct WebhookRequest: Hashable, Sendable, RequestBody {
    /// 1 to 80 characters.
    public var name: String?
    public var avatar: Edit<DataURI>?
    /// Of a change: moves it.
    public var channelID: Snowflake?

    public init(name: String? = nil) {
        self.name = name
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...80, "name")
        let lower = name?.lowercased() ?? ""
        limits.require(
            !lower.contains("clyde") && !lower.contains("discord"), "name: holds \"clyde\" or \"discord\"")
        return limits.problems
    }
}

/// What a webhook posts. Nobody is pinged unless `allowedMentions` says so.
/// Source: <https://discord.com/developers/docs/resources/webhook#execute-webhook>
public struct WebhookMessage: Hashable, Sendable, RequestBody {
    public var content: String?
    public var embeds: [JSONValue]?
    public var allowedMentions = CreateMessage.AllowedMentions.none
    public var components: [JSONValue]?
    public var flags: Int?
    /// Instead of the webhook's own; at most 80 characters.
    public var username: String?
    public var avatarURL: String?
    /// Of a webhook in a forum: the new post's name.
    public var threadName: String?
    public var files: [FileUpload] = []

    public init(content: String? = nil, username: String? = nil) {
        self.content = content
        self.username = username
    }

    public var problems: [String] {
        var limits = MessageLimits.problems(content: content, embeds: embeds, components: components, flags: flags)
        limits.length(username, 1...80, "username")
        limits.length(threadName, 1...100, "thread_name")
        limits.include(allowedMentions.problems, in: "allowed_mentions")
        limits.require(
            content?.isEmpty == false || embeds?.isEmpty == false || components?.isEmpty == false || !files.isEmpty,
            "content: a message needs content, embeds, components or files")
        return limits.problems
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(content, forKey: .content)
        try container.encodeIfPresent(embeds, forKey: .embeds)
        try container.encode(allowedMentions, forKey: .allowedMentions)
        try container.encodeIfPresent(components, forKey: .components)
        try container.encodeIfPresent(flags, forKey: .flags)
        try container.encodeIfPresent(username, forKey: .username)
        try container.encodeIfPresent(avatarURL, forKey: .avatarURL)
        try container.encodeIfPresent(threadName, forKey: .threadName)
        if !files.isEmpty { try container.encode(AttachmentUpload.list(files), forKey: .attachments) }
    }

    enum CodingKeys: String, CodingKey {
        case content, embeds, components, flags, username, attachments
        case allowedMentions = "allowed_mentions"
        case avatarURL = "avatar_url"
        case threadName = "thread_name"
    }
}
