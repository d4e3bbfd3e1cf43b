/// A limit inside a route that clients can only learn from its 429.
struct HiddenLimit: Equatable, Sendable {
    let rule: RateRule
    /// What is counted apart from the major parameter.
    var key = ""
    /// The JSON code of the refusal, when it has one.
    var code = 0
    var message = "You are being rate limited."

    /// Two new names or topics for a channel in ten minutes.
    static let channelName = HiddenLimit(rule: .shared("channel.name", 2, seconds: 600))
    /// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30046)
    static let oldEdits = HiddenLimit(
        rule: .shared("message.old-edit", 30, seconds: 3600), code: 30046,
        message: "Maximum number of edits to messages older than 1 hour reached. Try again later.")
    /// Ten published messages in an hour.
    static let crosspost = HiddenLimit(rule: .shared("message.crosspost.hour", 10, seconds: 3600))
}
