import Contracts
import Discord

extension CommandAnswer {
    /// The answer to a command that has ended.
    init(_ entry: LedgerEntry, outcome: CommandOutcome, replayed: Bool) {
        switch outcome {
        case .refused(let stored):
            self.init(stored.wireError, auditSequence: entry.auditSequence, replayed: replayed)
        case .done(let result):
            var answer = WireToolAnswer()
            answer.source = "executor"
            answer.text = Self.sentence(entry, result)
            if replayed { answer.text += " This is the result of an earlier call with the same idempotency key." }
            let structured = StructuredAnswer(entry, result: result, replayed: replayed)
            do {
                self.init(
                    answer, attachment: try DiscordJSON.encode(structured), auditSequence: entry.auditSequence,
                    replayed: replayed)
                if !replayed { reply.messageIds = Self.changedMessages(entry, result) }
            } catch {
                self.init(
                    WireError(
                        .internal, "It was done, but its answer could not be written.", hint: "Do not repeat it."),
                    auditSequence: entry.auditSequence, replayed: replayed)
            }
        }
    }

    private static func changedMessages(_ entry: LedgerEntry, _ result: CommandResult) -> [UInt64] {
        switch (entry.effect, result) {
        case (_, .posted(let message)): [message.id.rawValue]
        case (.deleteMessage(_, _, let message), .moderated(alreadyDone: false)): [message.rawValue]
        default: []
        }
    }

    private static func sentence(_ entry: LedgerEntry, _ result: CommandResult) -> String {
        switch (entry.effect, result) {
        case (_, .posted(let message)):
            "Sent message \(message.id) to channel \(message.channel)."
        case (.send, .moderated):
            "The message was sent."
        case (.deleteMessage(_, let channel, let message), .moderated(let alreadyDone)):
            alreadyDone
                ? "Message \(message) was already gone from channel \(channel)."
                : "Deleted message \(message) in channel \(channel)."
        case (.deleteMessages(_, let channel, let messages), .moderated(let alreadyDone)):
            alreadyDone
                ? "The \(messages.count) messages were already gone from channel \(channel)."
                : "Deleted the \(messages.count) messages in channel \(channel); Discord does not say if some were gone before."
        case (.kick(let guild, let user), .moderated(let alreadyDone)):
            alreadyDone
                ? "User \(user) was already not a member of guild \(guild)."
                : "Kicked user \(user) from guild \(guild)."
        case (.ban(let guild, let user, _), .moderated(let alreadyDone)):
            alreadyDone
                ? "User \(user) was already banned from guild \(guild)." : "Banned user \(user) from guild \(guild)."
        case (.timeOut(let guild, let user, let until), .moderated):
            "Timed user \(user) out in guild \(guild) until \(Timestamp(unixMilliseconds: until))."
        }
    }
}

/// The structured result of `send_message` and `moderate_content`. Absent members are left out.
private struct StructuredAnswer: Encodable {
    var messageID: Snowflake?
    var jumpURL: String?
    var timestamp: Timestamp?
    var action: String?
    var targetIDs: [Snowflake]?
    var result: String?
    var until: Timestamp?
    var deletedCount: Int?
    var reason: String?
    var guildID: Snowflake
    var channelID: Snowflake?
    var commandID: String
    var auditSequence: UInt64
    var replayed: Bool

    init(_ entry: LedgerEntry, result: CommandResult, replayed: Bool) {
        guildID = entry.effect.guild
        channelID = entry.effect.channel
        commandID = entry.id.description
        auditSequence = entry.auditSequence
        self.replayed = replayed
        switch result {
        case .posted(let message):
            messageID = message.id
            timestamp = Timestamp(unixMilliseconds: message.time)
            jumpURL = "https://discord.com/channels/\(entry.effect.guild)/\(message.channel)/\(message.id)"
        case .moderated(let alreadyDone):
            action = entry.effect.moderation?.rawValue
            targetIDs = entry.effect.targets
            reason = entry.reason
            self.result = alreadyDone ? "already_done" : "done"
            switch entry.effect {
            case .timeOut(_, _, let end): until = Timestamp(unixMilliseconds: end)
            case .deleteMessage: deletedCount = alreadyDone ? 0 : 1
            case .deleteMessages(_, _, let messages): deletedCount = alreadyDone ? 0 : messages.count
            case .send, .kick, .ban: break
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case timestamp, action, result, until, reason, replayed
        case messageID = "message_id"
        case jumpURL = "jump_url"
        case targetIDs = "target_ids"
        case deletedCount = "deleted_count"
        case guildID = "guild_id"
        case channelID = "channel_id"
        case commandID = "command_id"
        case auditSequence = "audit_sequence"
    }
}
