import Contracts
import FoundationEssentials

/// The measured parts of an embed: everything that Discord limits. Other members pass through unread.
struct EmbedShape: Decodable {
    struct Field: Decodable {
        var name: String
        var value: String
    }

    struct Footer: Decodable {
        var text: String
    }

    struct Author: Decodable {
        var name: String
    }

    var title: String?
    var description: String?
    var fields: [Field]?
    var footer: Footer?
    var author: Author?

    init(json: [UInt8]) throws(WireError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json))
        } catch {
            throw WireError(
                .invalidArgument, "embed is not one embed object in Discord's form.",
                hint: "Give an object with title, description, fields [{name, value}], footer {text} or author {name}.")
        }
    }

    /// - Throws: `invalid_argument` naming the first part that is too long, with its length and its limit.
    func check() throws(WireError) {
        try Self.check("embed.title", title, atMost: DiscordLimits.embedTitle)
        try Self.check("embed.description", description, atMost: DiscordLimits.embedDescription)
        try Self.check("embed.footer.text", footer?.text, atMost: DiscordLimits.embedFooter)
        try Self.check("embed.author.name", author?.name, atMost: DiscordLimits.embedAuthor)
        let fields = fields ?? []
        guard fields.count <= DiscordLimits.embedFields else {
            throw WireError(
                .invalidArgument, "embed has \(fields.count) fields; Discord allows \(DiscordLimits.embedFields).",
                hint: "Send fewer fields, or more than one message.")
        }
        for (index, field) in fields.enumerated() {
            try Self.check("embed.fields[\(index)].name", field.name, atMost: DiscordLimits.embedFieldName)
            try Self.check("embed.fields[\(index)].value", field.value, atMost: DiscordLimits.embedFieldValue)
        }
        let texts =
            [title, description, footer?.text, author?.name].compactMap { $0 } + fields.flatMap { [$0.name, $0.value] }
        let total = texts.reduce(0) { $0 + $1.discordLength }
        guard total <= DiscordLimits.embedTotal else {
            throw WireError(
                .invalidArgument, "embed has \(total) characters in all; Discord allows \(DiscordLimits.embedTotal).",
                hint: "Shorten the embed, or send more than one message.")
        }
    }

    private static func check(_ name: String, _ text: String?, atMost limit: Int) throws(WireError) {
        guard let text, text.discordLength > limit else { return }
        throw WireError(
            .invalidArgument, "\(name) has \(text.discordLength) characters; Discord allows \(limit).",
            hint: "Shorten \(name).")
    }
}
