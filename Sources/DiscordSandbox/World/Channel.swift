import Contracts

struct Channel: Equatable, Sendable {
    let id: Snowflake
    /// `.none` for direct messages.
    let guildID: Snowflake
    var kind: Kind
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
    var flags = 0
    /// What a forum offers, and what a post in it carries.
    var availableTags: [ForumTag] = []
    var appliedTags: [Snowflake] = []
    /// The two ends of a direct message.
    var recipients: [Snowflake] = []
    var voiceStatus: String?
    var voiceStartedAt: Timestamp?
    /// Members of the wire object that are kept and shown without an effect here, such as `bitrate`.
    var details: JSONObject = [:]

    /// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>
    enum Kind: Int, Sendable {
        case text = 0
        case directMessage = 1
        case voice = 2
        case category = 4
        case announcement = 5
        case announcementThread = 10
        case publicThread = 11
        case privateThread = 12
        case stage = 13
        case forum = 15
        case media = 16

        var isThread: Bool { (10...12).contains(rawValue) }
        var isForum: Bool { self == .forum || self == .media }
        var isVoice: Bool { self == .voice || self == .stage }
        var holdsMessages: Bool { self != .category && !isForum }
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#channel-object-channel-flags>
    static let requiresTag = 1 << 4
    static let pinnedPost = 1 << 1
}

extension Snowflake {
    /// The guild of what belongs to none.
    static let none = Snowflake(0)
}
