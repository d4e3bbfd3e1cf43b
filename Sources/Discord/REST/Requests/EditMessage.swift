public import Contracts

/// What to change of a message. Its author may change all of it, others with MANAGE_MESSAGES only the flags.
/// Source: <https://discord.com/developers/docs/resources/message#edit-message-jsonform-params>
public struct EditMessage: Hashable, Sendable, RequestBody {
    /// At most 2000 characters.
    public var content: Edit<String>?
    /// At most 10, with 6000 characters in all.
    public var embeds: Edit<[JSONValue]>?
    /// Mentions of the new content. Empty: nobody is pinged.
    public var allowedMentions: CreateMessage.AllowedMentions
    public var flags: Int?
    public var components: [JSONValue]?
    /// The attachments to keep; nil keeps all, unless there are new files.
    public var keptAttachments: [Snowflake]?
    public var files: [FileUpload] = []

    public init(
        content: Edit<String>? = nil,
        embeds: Edit<[JSONValue]>? = nil,
        allowedMentions: CreateMessage.AllowedMentions = .none,
        flags: Int? = nil
    ) {
        self.content = content
        self.embeds = embeds
        self.allowedMentions = allowedMentions
        self.flags = flags
    }

    public var problems: [String] {
        var limits = MessageLimits.problems(
            content: content?.value, embeds: embeds?.value, components: components, flags: flags)
        limits.include(allowedMentions.problems, in: "allowed_mentions")
        limits.require(
            files.isEmpty || keptAttachments != nil,
            "attachments: new files need the list of attachments to keep, which may be empty")
        limits.count((keptAttachments ?? []).map { $0.description } + files.map(\.name), 0...10, "attachments")
        return limits.problems
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(content, forKey: .content)
        try container.encodeIfPresent(embeds, forKey: .embeds)
        if content != nil { try container.encode(allowedMentions, forKey: .allowedMentions) }
        try container.encodeIfPresent(flags, forKey: .flags)
        try container.encodeIfPresent(components, forKey: .components)
        if let keptAttachments {
            let kept = keptAttachments.map { AttachmentUpload(id: $0.description) }
            try container.encode(kept + AttachmentUpload.list(files), forKey: .attachments)
        }
    }

    enum CodingKeys: String, CodingKey {
        case content, embeds, flags, components, attachments
        case allowedMentions = "allowed_mentions"
    }
}
