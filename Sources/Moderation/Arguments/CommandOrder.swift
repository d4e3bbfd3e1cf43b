import Contracts

/// What a command asks for, once its arguments are checked.
enum CommandOrder: Hashable, Sendable {
    case send(MessageDraft)
    case moderate(ModerationOrder)

    /// - Throws: `invalid_argument`
    init(_ command: WireCommand, nowUnixMilliseconds now: Int64) throws(WireError) {
        switch command.body {
        case .sendMessage(let wire): self = .send(try MessageDraft(wire))
        case .moderateContent(let wire): self = .moderate(try ModerationOrder(wire, nowUnixMilliseconds: now))
        case nil:
            throw WireError(
                .invalidArgument, "The command is not known to this executor.",
                hint: "Front door and executor must be of the same version.")
        }
    }

    /// nil: only the channel is named, and its guild is looked up.
    var guild: Snowflake? {
        switch self {
        case .send: nil
        case .moderate(let order): order.guild
        }
    }

    var channel: Snowflake? {
        switch self {
        case .send(let draft): draft.channel
        case .moderate(let order): order.channel
        }
    }

    var user: Snowflake? {
        switch self {
        case .send: nil
        case .moderate(let order): order.user
        }
    }

    var reason: String {
        switch self {
        case .send: ""
        case .moderate(let order): order.reason
        }
    }
}

extension WireCommand {
    /// The tool whose access rules hold, by what the command does and not by what it calls itself.
    var toolAccess: ToolAccess? {
        switch body {
        case .sendMessage: .sendMessage
        case .moderateContent: .moderateContent
        case nil: nil
        }
    }
}
