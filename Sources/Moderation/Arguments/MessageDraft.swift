public import Contracts

/// A message to post, checked against Discord's limits.
public struct MessageDraft: Hashable, Sendable {
    /// A text channel or a thread.
    public let channel: Snowflake
    /// At most 2000 code points; can be empty beside an embed.
    public let content: String
    /// One embed object as JSON in Discord's form.
    public let embed: [UInt8]?

    /// - Throws: `invalid_argument` with the length found and the limit.
    init(_ wire: WireSendMessage) throws(WireError) {
        guard wire.channelID != 0 else {
            throw WireError(.invalidArgument, "channel_id is missing.", hint: "Give the id of a text channel.")
        }
        channel = Snowflake(wire.channelID)
        content = wire.content
        embed = wire.embedJson.isEmpty ? nil : Array(wire.embedJson)
        let length = content.discordLength
        guard length <= DiscordLimits.content else {
            throw WireError(
                .invalidArgument, "content has \(length) characters; Discord allows \(DiscordLimits.content).",
                hint: "Shorten it or split it into messages of at most \(DiscordLimits.content) characters.",
                details: ["length": String(length), "limit": String(DiscordLimits.content)])
        }
        guard embed != nil || content.contains(where: { !$0.isWhitespace }) else {
            throw WireError(
                .invalidArgument, "The message is empty.", hint: "Give content of 1 to 2000 characters, or an embed.")
        }
        if let embed { try EmbedShape(json: embed).check() }
    }
}
