public import Contracts

/// A channel, category or thread.
/// Source: <https://discord.com/developers/docs/resources/channel#channel-object>
public struct Channel: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var type: ChannelType?
    public var guildID: Snowflake?
    /// The category of a channel, the channel of a thread.
    public var parentID: Snowflake?
    public var name: String?
    public var topic: String?
    public var position: Int?
    public var nsfw: Bool?
    public var lastMessageID: Snowflake?
    public var lastPinTimestamp: Timestamp?
    /// Seconds of slow mode.
    public var rateLimitPerUser: Int?
    public var permissionOverwrites: [PermissionOverwrite]?
    public var ownerID: Snowflake?
    public var messageCount: Int?
    public var memberCount: Int?
    public var threadMetadata: ThreadMetadata?
    public var newlyCreated: Bool?
    public var flags: Int?

    public init(id: Snowflake, type: ChannelType? = nil, guildID: Snowflake? = nil, parentID: Snowflake? = nil) {
        self.id = id
        self.type = type
        self.guildID = guildID
        self.parentID = parentID
    }

    enum CodingKeys: String, CodingKey {
        case id, type, name, topic, position, nsfw, flags
        case guildID = "guild_id"
        case parentID = "parent_id"
        case lastMessageID = "last_message_id"
        case lastPinTimestamp = "last_pin_timestamp"
        case rateLimitPerUser = "rate_limit_per_user"
        case permissionOverwrites = "permission_overwrites"
        case ownerID = "owner_id"
        case messageCount = "message_count"
        case memberCount = "member_count"
        case threadMetadata = "thread_metadata"
        case newlyCreated = "newly_created"
    }
}

/// Source: <https://discord.com/developers/docs/resources/channel#thread-metadata-object>
public struct ThreadMetadata: Hashable, Sendable, Codable {
    public var archived: Bool?
    public var locked: Bool?
    public var archiveTimestamp: Timestamp?
    /// Minutes of quiet after which the thread is archived.
    public var autoArchiveDuration: Int?

    enum CodingKeys: String, CodingKey {
        case archived, locked
        case archiveTimestamp = "archive_timestamp"
        case autoArchiveDuration = "auto_archive_duration"
    }
}

/// Discord's channel type number; types that we do not know survive as numbers.
/// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>
public struct ChannelType: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let text = ChannelType(rawValue: 0)
    public static let direct = ChannelType(rawValue: 1)
    public static let voice = ChannelType(rawValue: 2)
    public static let groupDirect = ChannelType(rawValue: 3)
    public static let category = ChannelType(rawValue: 4)
    public static let announcement = ChannelType(rawValue: 5)
    public static let announcementThread = ChannelType(rawValue: 10)
    public static let publicThread = ChannelType(rawValue: 11)
    public static let privateThread = ChannelType(rawValue: 12)
    public static let stage = ChannelType(rawValue: 13)
    public static let directory = ChannelType(rawValue: 14)
    public static let forum = ChannelType(rawValue: 15)
    public static let media = ChannelType(rawValue: 16)

    public var isThread: Bool { (10...12).contains(rawValue) }
    public var isVoice: Bool { self == .voice || self == .stage }

    /// The type's name in answers; `unknown (n)` for a number that we do not know.
    public var name: String {
        switch self {
        case .text: "text"
        case .direct: "direct message"
        case .voice: "voice"
        case .groupDirect: "group direct message"
        case .category: "category"
        case .announcement: "announcement"
        case .announcementThread: "announcement thread"
        case .publicThread: "public thread"
        case .privateThread: "private thread"
        case .stage: "stage"
        case .directory: "directory"
        case .forum: "forum"
        case .media: "media"
        default: "unknown (\(rawValue))"
        }
    }
}
