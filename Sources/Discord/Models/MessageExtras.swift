public import JSONCore

/// What a message says beside its content: stickers, a poll, what it forwards, the texts of its components.
/// Sources: <https://discord.com/developers/docs/resources/message#message-object>,
/// <https://discord.com/developers/docs/resources/poll#poll-object>,
/// <https://discord.com/developers/docs/components/reference#text-display>
public struct MessageExtras: Hashable, Sendable, JSONReadable {
    /// Their names.
    public var stickers: [String] = []
    public var pollQuestion: String?
    public var pollAnswers: [String] = []
    /// The contents of forwarded messages.
    public var forwarded: [String] = []
    public var componentTexts: [String] = []

    public var isEmpty: Bool { self == MessageExtras() }

    public init() {}

    public init(json cursor: inout JSONCursor) throws {
        var extras = MessageExtras()
        try cursor.optionalMembers { name, cursor in
            switch name {
            case "sticker_items": try cursor.optionalObjects { try $0.collect("name", into: &extras.stickers) }
            case "poll": try extras.readPoll(&cursor)
            case "message_snapshots":
                try cursor.optionalObjects { cursor in
                    try cursor.optionalMembers { name, cursor in
                        if name == "message" { try cursor.collect("content", into: &extras.forwarded) }
                    }
                }
            case "components": try extras.readComponents(&cursor)
            default: break
            }
        }
        self = extras
    }

    private mutating func readPoll(_ cursor: inout JSONCursor) throws {
        try cursor.optionalMembers { name, cursor in
            switch name {
            case "question":
                var texts: [String] = []
                try cursor.collect("text", into: &texts)
                pollQuestion = texts.first
            case "answers":
                try cursor.optionalObjects { cursor in
                    try cursor.optionalMembers { name, cursor in
                        if name == "poll_media" { try cursor.collect("text", into: &pollAnswers) }
                    }
                }
            default: break
            }
        }
    }

    /// Components hold components, and sections one more beside them. The cursor bounds the depth.
    private mutating func readComponents(_ cursor: inout JSONCursor) throws {
        try cursor.optionalObjects { try readComponent(&$0) }
    }

    private mutating func readComponent(_ cursor: inout JSONCursor) throws {
        try cursor.optionalMembers { name, cursor in
            switch name {
            // A text display's content, a button's label: what is there to read.
            case "content", "label":
                if let text = try cursor.optionalString(), !text.isEmpty { componentTexts.append(text) }
            case "components": try readComponents(&cursor)
            case "component", "accessory": try readComponent(&cursor)
            default: break
            }
        }
    }
}

extension JSONCursor {
    /// Reads the objects of an array, or null.
    fileprivate mutating func optionalObjects(_ body: (inout JSONCursor) throws -> Void) throws {
        guard try !takesNull() else { return }
        try elements(body)
    }

    /// Of an object, or null: the text that is not empty under that name.
    fileprivate mutating func collect(_ wanted: StaticString, into texts: inout [String]) throws {
        try optionalMembers { name, cursor in
            if name == wanted, let text = try cursor.optionalString(), !text.isEmpty { texts.append(text) }
        }
    }
}

extension DiscordJSON {
    /// Reads one JSON value in one pass; throws `JSONSyntaxError`.
    public static func read<Model: JSONReadable>(_ type: Model.Type, from bytes: [UInt8]) throws -> Model {
        try JSONCursor.read(bytes) { try Model(json: &$0) }
    }
}
