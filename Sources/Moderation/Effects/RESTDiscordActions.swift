public import Contracts
public import Discord

/// The verbs over Discord's REST API.
public struct RESTDiscordActions: DiscordActions {
    let rest: DiscordREST
    private let now: @Sendable () -> Int64

    /// - Parameter now: unix milliseconds.
    public init(rest: DiscordREST, now: @escaping @Sendable () -> Int64) {
        self.rest = rest
        self.now = now
    }

    public func post(
        _ draft: MessageDraft,
        tag: CommandTag,
        deadline: CommandDeadline
    ) async throws(DiscordFailure) -> PostedMessage {
        var message = CreateMessage(nonce: tag.text)
        if !draft.content.isEmpty { message.content = draft.content }
        if let embed = draft.embed {
            do {
                message.embeds = [try DiscordJSON.decode(JSONValue.self, from: embed)]
            } catch {
                throw .refused(WireError(.invalidArgument, "embed is not JSON.", hint: "Give one embed object."))
            }
        }
        do {
            return PostedMessage(try await rest.createMessage(message, in: draft.channel, deadline: instant(deadline)))
        } catch {
            throw DiscordFailure(error)
        }
    }

    public func carryOut(
        _ effect: PlannedEffect,
        auditReason: String,
        deadline: CommandDeadline
    ) async throws(DiscordFailure) {
        let reason = AuditLogReason(auditReason)
        let end = instant(deadline)
        do throws(DiscordError) {
            switch effect {
            case .send:
                throw DiscordError(kind: .refused, route: "", message: "a post is not carried out this way")
            case .deleteMessage(_, let channel, let message):
                try await rest.deleteMessage(message, in: channel, reason: reason, deadline: end)
            case .deleteMessages(_, let channel, let messages):
                try await rest.deleteMessages(messages, in: channel, reason: reason, deadline: end)
            case .kick(let guild, let user):
                try await rest.kick(user, from: guild, reason: reason, deadline: end)
            case .ban(let guild, let user, let seconds):
                try await rest.ban(user, from: guild, deleteMessageSeconds: seconds, reason: reason, deadline: end)
            case .timeOut(let guild, let user, let until):
                try await rest.timeOut(
                    user, of: guild, until: Timestamp(unixMilliseconds: until), reason: reason, deadline: end)
            }
        } catch {
            throw DiscordFailure(error, of: effect)
        }
    }

    public func author(of message: Snowflake, in channel: Snowflake) async throws(DiscordFailure) -> Snowflake? {
        do {
            return try await rest.message(message, in: channel).author?.id
        } catch  where error.code == DiscordCode.unknownMessage {
            return nil
        } catch {
            throw DiscordFailure(error)
        }
    }

    private func instant(_ deadline: CommandDeadline) -> ContinuousClock.Instant? {
        deadline.map { ContinuousClock.now + .milliseconds($0 - now()) }
    }
}

/// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>
enum DiscordCode {
    static let unknownMember = 10007
    static let unknownMessage = 10008
}

extension PostedMessage {
    init(_ message: Message) {
        self.init(
            id: message.id, channel: message.channelID,
            time: message.timestamp?.unixMilliseconds ?? message.id.unixMilliseconds)
    }
}

extension DiscordFailure {
    init(_ error: DiscordError, of effect: PlannedEffect? = nil) {
        let wireError = error.wireError
        if error.mayHaveHappened {
            self = .unknown(wireError)
            return
        }
        switch (error.kind, effect, error.code) {
        case (.refused, .deleteMessage, DiscordCode.unknownMessage), (.refused, .kick, DiscordCode.unknownMember):
            self = .gone(wireError)
        case (.refused, _, _):
            self = .refused(wireError)
        case (.rateLimited, _, _), (.unavailable, _, _), (.expired, _, _), (.tokenRejected, _, _),
            (.tooManyRefused, _, _), (.unreadable, _, _), (.cancelled, _, _):
            self = .notDone(wireError)
        }
    }
}
