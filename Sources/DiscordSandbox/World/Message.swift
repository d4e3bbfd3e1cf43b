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
    var mentions = Mentions()
    var flags = 0
    var nonce: JSONValue?
    var reference: Reference?
    var reactions: [Reaction] = []
    var poll: JSONObject?
    var pinnedAt: Timestamp?
    var hasThread = false

    enum Author: Equatable, Sendable {
        case user(Snowflake)
        case webhook(Snowflake, name: String)

        var id: Snowflake {
            switch self {
            case .user(let id), .webhook(let id, _): id
            }
        }
    }

    /// Source: <https://discord.com/developers/docs/resources/message#message-object-message-types>
    enum Kind: Int, Sendable {
        case plain = 0
        case pinNotice = 6
        case join = 7
        case threadCreated = 18
        case reply = 19
        case threadStarter = 21

        var isDeletable: Bool { self != .threadStarter }
    }

    struct Mentions: Equatable, Sendable {
        var users: [Snowflake] = []
        var roles: [Snowflake] = []
        var everyone = false
    }

    struct Reference: Equatable, Sendable {
        let messageID: Snowflake?
        let channelID: Snowflake
    }

    struct Reaction: Equatable, Sendable {
        let emoji: Emoji
        var users: [Snowflake]
    }

    struct Emoji: Equatable, Sendable {
        let id: Snowflake?
        let name: String
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

    var json: JSONValue { ["id": .id(id), "name": .string(name)] }
}
