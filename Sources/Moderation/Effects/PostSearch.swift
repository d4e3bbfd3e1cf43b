import Contracts
import Discord

/// Recognises a command's message among those of a channel.
///
/// Discord need not show a nonce again, so one's own message with the same content counts, too. An embed comes back
/// changed (types, sizes and proxy URLs added, text trimmed), so a message of embeds alone is known by its nonce only.
struct PostSearch {
    let bot: Snowflake
    let tag: CommandTag
    let content: ContentFingerprint
    /// A message that was seen may be the command's; nothing tells.
    private(set) var hasCandidate = false

    init(bot: Snowflake, tag: CommandTag, content: ContentFingerprint) {
        self.bot = bot
        self.tag = tag
        self.content = content
    }

    /// The command's message, when it is in this part of the channel.
    mutating func find(in page: [Message]) -> PostedMessage? {
        let own = page.filter { $0.author?.id == bot }
        if let message = own.first(where: { $0.nonce?.string == tag.text }) { return PostedMessage(message) }
        let alike = own.first { $0.nonce == nil && ContentFingerprint($0.content ?? "") == content }
        guard let alike else { return nil }
        guard !content.isEmpty else {
            hasCandidate = true
            return nil
        }
        return PostedMessage(alike)
    }
}
