import Contracts

/// The checked arguments of one `moderate_content` call.
struct ModerationOrder: Hashable, Sendable {
    enum Verb: Hashable, Sendable {
        case deleteMessage(channel: Snowflake, message: Snowflake)
        case deleteMessages(channel: Snowflake, messages: [Snowflake])
        case kick(user: Snowflake)
        case ban(user: Snowflake, deleteMessageSeconds: Int)
        case timeOut(user: Snowflake, seconds: Int)
    }

    let guild: Snowflake
    let verb: Verb
    let reason: String

    /// - Throws: `invalid_argument` naming the argument, its value and what is allowed.
    init(_ wire: WireModerateContent, nowUnixMilliseconds now: Int64) throws(WireError) {
        guard let action = ModerationAction(wire.action) else {
            let names = ModerationAction.allCases.map(\.rawValue).joined(separator: ", ")
            throw WireError(.invalidArgument, "This action is not known.", hint: "Use one of \(names).")
        }
        guard wire.guildID != 0 else {
            throw WireError(.invalidArgument, "guild_id is missing.", hint: "Give the id of the guild to act in.")
        }
        guard !wire.targetIds.contains(0) else {
            throw WireError(.invalidArgument, "0 is not an id of Discord.", hint: "Give the ids as Discord shows them.")
        }
        guild = Snowflake(wire.guildID)
        reason = try Self.checkedReason(wire.reason)
        try Self.refuseForeignArguments(wire, of: action)
        verb =
            switch action {
            case .deleteMessage:
                .deleteMessage(
                    channel: try Self.channel(wire, for: action), message: try Self.target(wire, for: action))
            case .deleteMessagesBulk:
                .deleteMessages(
                    channel: try Self.channel(wire, for: action), messages: try Self.messages(wire.targetIds, now: now))
            case .kickUser:
                .kick(user: try Self.target(wire, for: action))
            case .banUser:
                .ban(
                    user: try Self.target(wire, for: action),
                    deleteMessageSeconds: try Self.checkedDeleteSeconds(wire.deleteMessageSeconds))
            case .timeOutUser:
                .timeOut(
                    user: try Self.target(wire, for: action),
                    seconds: try Self.checkedTimeOutSeconds(wire.timeoutSeconds))
            }
    }

    var channel: Snowflake? {
        switch verb {
        case .deleteMessage(let channel, _), .deleteMessages(let channel, _): channel
        case .kick, .ban, .timeOut: nil
        }
    }

    /// The member that is acted on.
    var user: Snowflake? {
        switch verb {
        case .deleteMessage, .deleteMessages: nil
        case .kick(let user), .ban(let user, _), .timeOut(let user, _): user
        }
    }
}

extension ModerationOrder {
    private static func channel(
        _ wire: WireModerateContent, for action: ModerationAction
    ) throws(WireError) -> Snowflake {
        guard wire.channelID != 0 else {
            throw WireError(
                .invalidArgument, "\(action.rawValue) needs channel_id.",
                hint: "Give the channel that holds the messages.")
        }
        return Snowflake(wire.channelID)
    }

    private static func target(_ wire: WireModerateContent, for action: ModerationAction) throws(WireError) -> Snowflake
    {
        guard let id = wire.targetIds.first, wire.targetIds.count == 1 else {
            throw WireError(
                .invalidArgument, "\(action.rawValue) takes exactly one target; \(wire.targetIds.count) were given.",
                hint: action == .deleteMessage ? "Use delete_messages_bulk for more." : "Call it once for each user.")
        }
        return Snowflake(id)
    }

    private static func messages(_ ids: [UInt64], now: Int64) throws(WireError) -> [Snowflake] {
        let allowed = DiscordLimits.bulkDelete
        guard allowed.contains(ids.count) else {
            throw WireError(
                .invalidArgument,
                "delete_messages_bulk takes \(allowed.lowerBound) to \(allowed.upperBound) message ids; "
                    + "\(ids.count) were given.",
                hint: ids.count < allowed.lowerBound ? "Use delete_message for one." : "Split the list.")
        }
        let messages = ids.map { Snowflake($0) }
        guard Set(messages).count == messages.count else {
            throw WireError(.invalidArgument, "A message id is listed twice.", hint: "List each id once.")
        }
        let oldest = Snowflake(unixMilliseconds: now - DiscordLimits.bulkDeleteAge)
        if let tooOld = messages.first(where: { $0 < oldest }) {
            throw WireError(
                .invalidArgument, "Message \(tooOld) is older than 14 days; Discord does not bulk-delete those.",
                hint: "Leave it out, or delete it with delete_message.", details: ["message_id": tooOld.description])
        }
        return messages
    }

    private static func checkedReason(_ reason: String) throws(WireError) -> String {
        guard reason.discordLength <= DiscordLimits.auditReason else {
            throw WireError(
                .invalidArgument,
                "reason has \(reason.discordLength) characters; Discord allows \(DiscordLimits.auditReason).",
                hint: "Shorten the reason.")
        }
        return reason
    }

    /// An argument that the action would ignore is a misunderstanding: nothing is done that was not meant.
    private static func refuseForeignArguments(
        _ wire: WireModerateContent,
        of action: ModerationAction
    ) throws(WireError) {
        if wire.deleteMessageSeconds != 0, action != .banUser {
            throw WireError(
                .invalidArgument, "\(action.rawValue) does not delete a user's messages.",
                hint: "Leave delete_message_days out, or use ban_user.")
        }
        if wire.timeoutSeconds != 0, action != .timeOutUser {
            throw WireError(
                .invalidArgument, "\(action.rawValue) takes no timeout_duration.",
                hint: "Leave timeout_duration out, or use timeout_user.")
        }
    }

    private static func checkedDeleteSeconds(_ seconds: UInt32) throws(WireError) -> Int {
        guard seconds <= DiscordLimits.banDeleteSeconds else {
            throw WireError(
                .invalidArgument, "A ban deletes at most 7 days of messages; \(seconds) seconds were asked for.",
                hint: "Give delete_message_days from 0 to 7.")
        }
        return Int(seconds)
    }

    private static func checkedTimeOutSeconds(_ seconds: UInt32) throws(WireError) -> Int {
        guard (1...DiscordLimits.timeOutSeconds).contains(Int(seconds)) else {
            throw WireError(
                .invalidArgument,
                "A time-out lasts 1 to \(DiscordLimits.timeOutSeconds) seconds (28 days); \(seconds) were asked for.",
                hint: "Give timeout_duration within these bounds.")
        }
        return Int(seconds)
    }
}
