import Contracts

struct Channel: Equatable, Sendable {
    let id: Snowflake
    let guildID: Snowflake
    let kind: Kind
    var name: String
    var topic: String?
    var position = 0
    var parentID: Snowflake?
    var overwrites: [Overwrite] = []
    var isNSFW = false
    /// Seconds between two messages of the same person.
    var slowmode = 0
    var lastMessageID: Snowflake?
    var lastPinAt: Timestamp?
    var thread: ThreadState?

    /// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>
    enum Kind: Int, Sendable {
        case text = 0
        case voice = 2
        case category = 4
        case announcement = 5
        case announcementThread = 10
        case publicThread = 11
        case privateThread = 12

        var isThread: Bool { rawValue >= 10 }
        var holdsMessages: Bool { self != .category }
    }
}

struct Overwrite: Equatable, Sendable {
    let id: Snowflake
    let target: Target
    var allow: Permissions
    var deny: Permissions

    enum Target: Int, Sendable {
        case role = 0
        case member = 1
    }
}

struct ThreadState: Equatable, Sendable {
    let ownerID: Snowflake
    let createdAt: Timestamp
    var isArchived = false
    var archivedAt: Timestamp
    /// Minutes.
    var autoArchiveAfter: Int
    var isLocked = false
    var isInvitable = true
    var messageCount = 0
    var totalSent = 0
    var members: [Snowflake: Timestamp] = [:]
}
