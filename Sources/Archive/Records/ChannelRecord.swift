public import Contracts

/// A channel or thread as the archive keeps it.
public struct ChannelRecord: Hashable, Sendable {
    public var id: Snowflake
    public var guildID: Snowflake
    /// The category of a channel, the channel of a thread.
    public var parentID: Snowflake?
    public var name: String
    /// Discord's channel type number.
    public var type: Int
    public var topic: String?
    public var isNSFW: Bool
    /// Seconds that a member waits between two messages; 0: none.
    public var slowmodeSeconds: Int
    public var position: Int
    public var isArchived: Bool
    public var isLocked: Bool
    /// The newest message when Discord described the channel; it may be deleted since.
    public var lastMessageID: Snowflake?
    /// Unix milliseconds of the newest pin; nil: none is known.
    public var lastPinAt: Int64?
    /// Empty on threads: the parent's count.
    public var overwrites: [OverwriteRecord]

    public init(
        id: Snowflake,
        guildID: Snowflake,
        parentID: Snowflake? = nil,
        name: String,
        type: Int,
        topic: String? = nil,
        isNSFW: Bool = false,
        slowmodeSeconds: Int = 0,
        position: Int = 0,
        isArchived: Bool = false,
        isLocked: Bool = false,
        lastMessageID: Snowflake? = nil,
        lastPinAt: Int64? = nil,
        overwrites: [OverwriteRecord] = []
    ) {
        self.id = id
        self.guildID = guildID
        self.parentID = parentID
        self.name = name
        self.type = type
        self.topic = topic
        self.isNSFW = isNSFW
        self.slowmodeSeconds = slowmodeSeconds
        self.position = position
        self.isArchived = isArchived
        self.isLocked = isLocked
        self.lastMessageID = lastMessageID
        self.lastPinAt = lastPinAt
        self.overwrites = overwrites
    }

    /// Announcement, public and private threads.
    /// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>
    public static let threadTypes: ClosedRange<Int> = 10...12

    public var isThread: Bool { Self.threadTypes.contains(type) }
}

/// A permission overwrite of a channel.
public struct OverwriteRecord: Hashable, Sendable {
    public enum Kind: Int, Sendable {
        case role = 0
        case member = 1
    }

    /// The role or the user.
    public var id: Snowflake
    public var kind: Kind
    public var allow: UInt64
    public var deny: UInt64

    public init(id: Snowflake, kind: Kind, allow: UInt64, deny: UInt64) {
        self.id = id
        self.kind = kind
        self.allow = allow
        self.deny = deny
    }
}
