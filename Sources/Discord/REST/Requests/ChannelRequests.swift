public import Contracts

/// A tag of a forum or media channel.
/// Source: <https://discord.com/developers/docs/resources/channel#forum-tag-object>
public struct ForumTag: Hashable, Sendable, Codable {
    /// Nil for a new one.
    public var id: Snowflake?
    /// At most 20 characters.
    public var name: String?
    public var moderated: Bool?
    public var emojiName: String?

    public init(id: Snowflake? = nil, name: String, moderated: Bool? = nil, emojiName: String? = nil) {
        self.id = id
        self.name = name
        self.moderated = moderated
        self.emojiName = emojiName
    }

    enum CodingKeys: String, CodingKey {
        case id, name, moderated
        case emojiName = "emoji_name"
    }
}

/// What to change of a channel or thread.
/// Source: <https://discord.com/developers/docs/resources/channel#modify-channel>
public struct ModifyChannel: Hashable, Sendable, RequestBody {
    /// 1 to 100 characters. Discord takes two changes of name or topic in ten minutes.
    public var name: String?
    public var position: Int?
    /// At most 1024 characters, in forums 4096.
    public var topic: Edit<String>?
    public var nsfw: Bool?
    /// Seconds of slow mode, at most 21600.
    public var rateLimitPerUser: Int?
    public var permissionOverwrites: [PermissionOverwrite]?
    /// The category.
    public var parentID: Edit<Snowflake>?
    /// Of voice channels, 8000 and more.
    public var bitrate: Int?
    /// Of voice channels, at most 99; 0 is no limit.
    public var userLimit: Int?
    /// Of forums, at most 20.
    public var availableTags: [ForumTag]?
    /// Of threads: minutes of quiet, 60, 1440, 4320 or 10080.
    public var autoArchiveDuration: Int?
    public var defaultAutoArchiveDuration: Int?
    public var archived: Bool?
    public var locked: Bool?
    public var invitable: Bool?
    /// Of threads in forums, at most 5.
    public var appliedTags: [Snowflake]?

    public init() {}

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.length(topic?.value, 0...4096, "topic")
        limits.value(rateLimitPerUser, 0...21600, "rate_limit_per_user")
        limits.value(userLimit, 0...99, "user_limit")
        limits.count(availableTags, 0...20, "available_tags")
        limits.count(appliedTags, 0...5, "applied_tags")
        limits.require(
            autoArchiveDuration.map { ThreadDuration.allowed.contains($0) } ?? true,
            "auto_archive_duration: is not 60, 1440, 4320 or 10080")
        return limits.problems
    }
}

enum ThreadDuration {
    static let allowed: Set<Int> = [60, 1440, 4320, 10080]
}

/// Source: <https://discord.com/developers/docs/resources/guild#create-guild-channel>
public struct CreateChannel: Hashable, Sendable, RequestBody {
    /// 1 to 100 characters.
    public var name: String
    public var type: ChannelType
    public var topic: String?
    public var parentID: Snowflake?
    public var position: Int?
    public var nsfw: Bool?
    public var rateLimitPerUser: Int?
    public var permissionOverwrites: [PermissionOverwrite]?
    public var bitrate: Int?
    public var userLimit: Int?
    public var availableTags: [ForumTag]?

    public init(name: String, type: ChannelType = .text) {
        self.name = name
        self.type = type
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.length(topic, 0...(type == .forum || type == .media ? 4096 : 1024), "topic")
        limits.value(rateLimitPerUser, 0...21600, "rate_limit_per_user")
        limits.value(userLimit, 0...99, "user_limit")
        limits.count(availableTags, 0...20, "available_tags")
        return limits.problems
    }
}

/// Where a channel, or a role, stands.
public struct NewPosition: Hashable, Sendable, Encodable {
    public var id: Snowflake
    public var position: Int

    public init(_ id: Snowflake, _ position: Int) {
        self.id = id
        self.position = position
    }
}

/// A list as a whole body.
struct PositionList: RequestBody {
    let entries: [NewPosition]

    func encode(to encoder: any Encoder) throws {
        try entries.encode(to: encoder)
    }
}

struct OverwriteBody: RequestBody {
    let type: PermissionOverwrite.Kind
    let allow: Permissions
    let deny: Permissions
}
