public import Contracts

/// One change of Discord with every value fixed before it starts, so that doing it again changes nothing more and a
/// recovery knows what to look for.
public enum PlannedEffect: Hashable, Sendable, Codable {
    case send(guild: Snowflake, channel: Snowflake, content: ContentFingerprint)
    case deleteMessage(guild: Snowflake, channel: Snowflake, message: Snowflake)
    case deleteMessages(guild: Snowflake, channel: Snowflake, messages: [Snowflake])
    case kick(guild: Snowflake, user: Snowflake)
    case ban(guild: Snowflake, user: Snowflake, deleteMessageSeconds: Int)
    /// `until`: unix milliseconds, a whole second.
    case timeOut(guild: Snowflake, user: Snowflake, until: Int64)

    /// - Parameter guild: the channel's guild, as looked up.
    init(_ order: CommandOrder, guild: Snowflake, nowUnixMilliseconds now: Int64) {
        switch order {
        case .send(let draft):
            self = .send(guild: guild, channel: draft.channel, content: ContentFingerprint(draft.content))
        case .moderate(let order):
            self =
                switch order.verb {
                case .deleteMessage(let channel, let message):
                    .deleteMessage(guild: guild, channel: channel, message: message)
                case .deleteMessages(let channel, let messages):
                    .deleteMessages(guild: guild, channel: channel, messages: messages)
                case .kick(let user):
                    .kick(guild: guild, user: user)
                case .ban(let user, let seconds):
                    .ban(guild: guild, user: user, deleteMessageSeconds: seconds)
                case .timeOut(let user, let seconds):
                    .timeOut(guild: guild, user: user, until: (now / 1000 + Int64(seconds)) * 1000)
                }
        }
    }

    /// Where it happens.
    public var guild: Snowflake {
        switch self {
        case .send(let guild, _, _), .deleteMessage(let guild, _, _), .deleteMessages(let guild, _, _),
            .kick(let guild, _),
            .ban(let guild, _, _), .timeOut(let guild, _, _):
            guild
        }
    }

    /// nil: the effect is on a member of the guild.
    public var channel: Snowflake? {
        switch self {
        case .send(_, let channel, _), .deleteMessage(_, let channel, _), .deleteMessages(_, let channel, _): channel
        case .kick, .ban, .timeOut: nil
        }
    }

    /// The messages or the user that it is aimed at; empty for a message that does not exist yet.
    public var targets: [Snowflake] {
        switch self {
        case .send: []
        case .deleteMessage(_, _, let message): [message]
        case .deleteMessages(_, _, let messages): messages
        case .kick(_, let user), .ban(_, let user, _), .timeOut(_, let user, _): [user]
        }
    }

    /// Whose access rules hold.
    public var tool: ToolAccess {
        if case .send = self { .sendMessage } else { .moderateContent }
    }

    /// nil: a message is sent.
    public var moderation: ModerationAction? {
        switch self {
        case .send: nil
        case .deleteMessage: .deleteMessage
        case .deleteMessages: .deleteMessagesBulk
        case .kick: .kickUser
        case .ban: .banUser
        case .timeOut: .timeOutUser
        }
    }

    /// The name in audit records.
    var actionName: String { moderation?.rawValue ?? ToolAccess.sendMessage.name }
}
