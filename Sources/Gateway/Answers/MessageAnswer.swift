import Archive
import Contracts
import Discord

/// A message in a tool's structured result. A member without a value is left out.
struct MessageAnswer: Encodable {
    struct Author: Encodable {
        var id: Snowflake
        var name: String
        var bot: Bool
    }

    struct File: Encodable {
        var id: Snowflake
        var filename: String
        var contentType: String?
        /// Bytes.
        var size: Int?
        /// Signed by Discord, and soon out of date.
        var url: String?

        enum CodingKeys: String, CodingKey {
            case id, filename, size, url
            case contentType = "content_type"
        }
    }

    struct Poll: Encodable {
        var question: String
        var answers: [String]
    }

    var id: Snowflake
    var channelID: Snowflake
    var guildID: Snowflake
    var author: Author
    var content: String
    /// ISO 8601, UTC.
    var timestamp: String
    var editedTimestamp: String?
    /// Discord's message type number.
    var type: Int
    var attachments: [File]
    /// As Discord has them.
    var embeds: [JSONValue]
    /// Names. Like the three that follow: left out where there is none.
    var stickers: [String]?
    var poll: Poll?
    /// The contents of the messages that this one forwards.
    var forwarded: [String]?
    /// What the message's components say.
    var componentTexts: [String]?
    var pinned: Bool
    var replyTo: Snowflake?
    var jumpURL: String

    enum CodingKeys: String, CodingKey {
        case id, author, content, timestamp, type, attachments, embeds, stickers, poll, forwarded, pinned
        case componentTexts = "component_texts"
        case channelID = "channel_id"
        case guildID = "guild_id"
        case editedTimestamp = "edited_timestamp"
        case replyTo = "reply_to"
        case jumpURL = "jump_url"
    }

    init(_ record: MessageRecord) {
        let parts = StoredParts(record)
        id = record.id
        channelID = record.channelID
        guildID = record.guildID
        author = Author(id: record.authorID, name: record.authorName, bot: record.authorIsBot)
        content = record.content
        timestamp = Timestamp(unixMilliseconds: record.id.unixMilliseconds).description
        editedTimestamp = record.editedAt.map { Timestamp(unixMilliseconds: $0).description }
        type = record.type
        attachments = parts.attachments.map {
            File(
                id: $0.id, filename: $0.filename ?? "", contentType: $0.contentType, size: $0.size, url: $0.url)
        }
        embeds = parts.embeds
        stickers = parts.extras.stickers.nonEmpty
        poll = parts.extras.pollQuestion.map { Poll(question: $0, answers: parts.extras.pollAnswers) }
        forwarded = parts.extras.forwarded.nonEmpty
        componentTexts = parts.extras.componentTexts.nonEmpty
        pinned = record.isPinned
        replyTo = record.replyTo
        jumpURL = "https://discord.com/channels/\(record.guildID)/\(record.channelID)/\(record.id)"
    }
}

/// What is not in columns of its own: read from Discord's object, and only where there is something to read.
struct StoredParts {
    var attachments: [Attachment] = []
    var embeds: [JSONValue] = []
    var extras = MessageExtras()

    init(_ record: MessageRecord) {
        extras = (try? DiscordJSON.read(MessageExtras.self, from: record.json)) ?? MessageExtras()
        guard record.hasAttachments || record.hasEmbeds,
            let stored = try? DiscordJSON.decode(Stored.self, from: record.json)
        else { return }
        attachments = stored.attachments ?? []
        embeds = stored.embeds ?? []
    }

    private struct Stored: Decodable {
        var attachments: [Attachment]?
        var embeds: [JSONValue]?
    }
}

extension Array {
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
