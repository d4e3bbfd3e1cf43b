import Archive
import Contracts
import Discord

/// Messages as compact text, newest first: `id HH:MM author| text`, with a line for each day.
struct MessageListing {
    /// Characters of the messages' lines; more is said to be missing, with the way to it.
    static let budget = 12_000

    var messages: [MessageRecord]
    /// When messages of several channels are listed; empty: the channel is not shown.
    var channelNames: [Snowflake: String] = [:]

    /// - Returns: the fenced lines, and how many messages they show.
    func render() -> (text: String, shown: Int) {
        guard !messages.isEmpty else { return ("No messages.", 0) }
        var text = UntrustedText.messagesNotice
        var length = 0
        var day: Substring = ""
        var shown = 0
        for message in messages {
            let time = Timestamp(unixMilliseconds: message.id.unixMilliseconds).description
            var lines = ""
            if time.prefix(10) != day {
                day = time.prefix(10)
                lines += "\n-- \(day) (UTC)"
            }
            lines += "\n" + line(message, clock: time.dropFirst(11).prefix(5))
            length += lines.count
            if length > Self.budget, shown > 0 { break }
            text += lines
            shown += 1
        }
        return (text + "\nEnd of untrusted content.", shown)
    }

    /// What to do for the messages that are not shown; nil: all are.
    func continuation(shown: Int) -> String? {
        guard shown < messages.count, shown > 0 else { return nil }
        return "\(shown) of \(messages.count) messages are shown, the rest is too long. "
            + "For older ones call again with before=\(messages[shown - 1].id)."
    }

    private func line(_ message: MessageRecord, clock: Substring) -> String {
        var line = "\(message.id) \(clock) "
        if let channel = channelNames[message.channelID] { line += "#\(UntrustedText.line(channel)) " }
        line += UntrustedText.line(message.authorName)
        if message.authorIsBot { line += " [bot]" }
        line += "|"
        if let reply = message.replyTo { line += " [reply to \(reply)]" }
        if message.isPinned { line += " [pinned]" }
        if !message.content.isEmpty { line += " " + UntrustedText.block(message.content) }
        if message.editedAt != nil { line += " [edited]" }
        return line + Self.parts(of: message)
    }

    private static func parts(of message: MessageRecord) -> String {
        let parts = StoredParts(message)
        let files = parts.attachments.map { file in
            let size = file.size.map { " \(($0 + 1023) / 1024) KiB" } ?? ""
            return " [file \(UntrustedText.line(file.filename ?? file.id.description))\(size)]"
        }
        let embeds = parts.embeds.map { embed in
            let text = embed["title"]?.string ?? embed["description"]?.string ?? embed["url"]?.string ?? ""
            return " [embed \(UntrustedText.line(String(text.prefix(200))))]"
        }
        let extras = parts.extras
        let stickers = extras.stickers.map { " [sticker \(UntrustedText.line($0))]" }
        let poll = extras.pollQuestion.map { question in
            " [poll \(UntrustedText.line(([question] + extras.pollAnswers).joined(separator: " / ")))]"
        }
        let forwards = extras.forwarded.map { " [forwarded] \(UntrustedText.block($0))" }
        let texts = extras.componentTexts.map { " [component \(UntrustedText.line(String($0.prefix(200))))]" }
        return (files + embeds + stickers + [poll].compactMap(\.self) + forwards + texts).joined()
    }
}
