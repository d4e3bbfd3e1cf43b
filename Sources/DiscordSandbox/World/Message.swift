import Contracts

struct Message: Equatable, Sendable {
    let id: Snowflake
    let channelID: Snowflake
    let guildID: Snowflake
    let author: Author
    var kind: Kind = .plain
    var content: String
    var editedAt: Timestamp?
    var embeds: [JSONValue] = []
    var attachments: [JSONValue] = []
    var components: [JSONValue] = []
    var stickers: [JSONValue] = []
    /// What a forwarded message said when it was forwarded.
    var snapshots: [JSONValue] = []
    var mentions = Mentions()
    var flags = 0
    var isSpoken = false
    var nonce: JSONValue?
    var reference: Reference?
    var reactions: [Reaction] = []
    var poll: Poll?
    var pinnedAt: Timestamp?
    var hasThread = false

    enum Author: Equatable, Sendable {
        case user(Snowflake)
        case webhook(Snowflake, name: String, avatar: String? = nil)

        var id: Snowflake {
            switch self {
            case .user(let id), .webhook(let id, _, _): id
            }
        }

        var isWebhook: Bool {
            if case .webhook = self { true } else { false }
        }
    }

    /// Source: <https://discord.com/developers/docs/resources/message#message-object-message-types>
    enum Kind: Int, Sendable {
        case plain = 0
        case pinNotice = 6
        case join = 7
        case followed = 12
        case threadCreated = 18
        case reply = 19
        case threadStarter = 21
        case autoModerationAlert = 24
        case pollResult = 46

        var isDeletable: Bool { self != .threadStarter }
        var isSpeech: Bool { self == .plain || self == .reply }
    }

    struct Mentions: Equatable, Sendable {
        var users: [Snowflake] = []
        var roles: [Snowflake] = []
        var everyone = false
    }

    struct Reference: Equatable, Sendable {
        let messageID: Snowflake?
        let channelID: Snowflake
        var guildID: Snowflake?
        var isForward = false
    }

    struct Reaction: Equatable, Sendable {
        let emoji: Emoji
        var users: [Snowflake] = []
        /// Super reactions; bots can not give them.
        var burstUsers: [Snowflake] = []
    }

    struct Emoji: Equatable, Sendable {
        let id: Snowflake?
        let name: String
        var isAnimated = false

        static func == (left: Emoji, right: Emoji) -> Bool {
            left.id == nil && right.id == nil ? left.name == right.name : left.id == right.id
        }
    }

    var isEmpty: Bool {
        content.isEmpty && embeds.isEmpty && attachments.isEmpty && components.isEmpty && stickers.isEmpty
            && poll == nil && snapshots.isEmpty
    }
}

extension Message.Emoji {
    /// The form of a path: a Unicode emoji, or `name:id` of a custom one.
    init?(path: String) {
        guard !path.isEmpty else { return nil }
        if let colon = path.lastIndex(of: ":") {
            guard let id = Snowflake(path[path.index(after: colon)...]), colon > path.startIndex else { return nil }
            self.init(id: id, name: String(path[..<colon]))
        } else {
            guard path.unicodeScalars.contains(where: { !$0.isASCII || $0.value == 0x20E3 }) else { return nil }
            self.init(id: nil, name: path)
        }
    }

    var json: JSONValue {
        var object: JSONObject = ["id": .id(id), "name": .string(name)]
        if id != nil { object["animated"] = .bool(isAnimated) }
        return .object(object)
    }
}
