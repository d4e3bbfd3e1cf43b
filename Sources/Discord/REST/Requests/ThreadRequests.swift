public import Contracts

/// A thread from a message, or on its own.
/// Source: <https://discord.com/developers/docs/resources/channel#start-thread-without-message>
public struct StartThread: Hashable, Sendable, RequestBody {
    /// 1 to 100 characters.
    public var name: String
    /// Minutes of quiet: 60, 1440, 4320 or 10080.
    public var autoArchiveDuration: Int?
    public var rateLimitPerUser: Int?
    /// Of a thread without a message: public (11) or private (12).
    public var type: ChannelType?
    /// Of a private thread: whether its members may add others.
    public var invitable: Bool?

    public init(name: String, type: ChannelType? = nil) {
        self.name = name
        self.type = type
    }

    public var needs: Permissions {
        type == .privateThread ? .createPrivateThreads : .createPublicThreads
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.value(rateLimitPerUser, 0...21600, "rate_limit_per_user")
        limits.require(
            autoArchiveDuration.map { ThreadDuration.allowed.contains($0) } ?? true,
            "auto_archive_duration: is not 60, 1440, 4320 or 10080")
        return limits.problems
    }
}

/// A post of a forum or media channel: a thread with its first message.
/// Source: <https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel>
public struct StartForumPost: Hashable, Sendable, RequestBody {
    /// 1 to 100 characters.
    public var name: String
    /// Its nonce is not sent: Discord knows none here, so a post is never repeated.
    public var message: CreateMessage
    /// At most 5.
    public var appliedTags: [Snowflake]?

    public init(name: String, message: CreateMessage, appliedTags: [Snowflake]? = nil) {
        self.name = name
        self.message = message
        self.message.nonce = nil
        self.appliedTags = appliedTags
    }

    public var needs: Permissions { message.needs.union(.sendMessages) }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.count(appliedTags, 0...5, "applied_tags")
        limits.include(message.problems, in: "message")
        return limits.problems
    }
}
