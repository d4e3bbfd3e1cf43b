import Contracts

@testable import Moderation

/// A guild's state as Discord would keep it, with every change counted.
struct GuildState: Sendable {
    struct Post: Sendable, Hashable {
        let message: PostedMessage
        let tag: CommandTag
        let content: String
    }

    var members: Set<UInt64> = [World.member]
    var bans: [UInt64: CommandTag] = [:]
    var timeOuts: [UInt64: Int64] = [:]
    var messages: [UInt64: UInt64] = [World.message: World.member]
    var posts: [Post] = []
    /// Every verb that changed something, in order.
    var changes: [String] = []
    var nextMessage: UInt64 = 5000
}

/// Discord behind the seam: can refuse, lose its answer before or after the change, and be unreadable.
actor FakeDiscord: DiscordActions {
    enum Trouble: Sendable {
        case refuses(DiscordFailure)
        /// The request never arrived, and nobody knows.
        case losesRequest
        /// The change is made, its answer lost.
        case losesAnswer
    }

    private(set) var state: GuildState
    private(set) var reasons: [String] = []
    private(set) var looks = 0
    private var trouble: Trouble?
    private var isUnreadable = false
    private var onCall: (@Sendable (String) async -> Void)?

    init(_ state: GuildState = GuildState()) { self.state = state }

    func setTrouble(_ trouble: Trouble?) { self.trouble = trouble }
    func setUnreadable(_ unreadable: Bool) { isUnreadable = unreadable }
    func change(_ body: @Sendable (inout GuildState) -> Void) { body(&state) }

    /// Called before ("before") and after ("after") each verb.
    func whenCalled(_ body: @escaping @Sendable (String) async -> Void) { onCall = body }

    func post(
        _ draft: MessageDraft, tag: CommandTag, deadline: CommandDeadline
    ) async throws(DiscordFailure) -> PostedMessage {
        try await around { state throws(DiscordFailure) in
            // Without enforce_nonce: a second post is a second message, so that a test sees it.
            let message = PostedMessage(id: Snowflake(state.nextMessage), channel: draft.channel, time: World.now)
            state.nextMessage += 1
            state.posts.append(.init(message: message, tag: tag, content: draft.content))
            state.changes.append("post")
            return message
        }
    }

    func carryOut(
        _ effect: PlannedEffect, auditReason: String, deadline: CommandDeadline
    ) async throws(DiscordFailure) {
        reasons.append(auditReason)
        try await around { state throws(DiscordFailure) in
            switch effect {
            case .send: throw .refused(WireError(.internal, "not a verb"))
            case .deleteMessage(_, _, let message):
                guard state.messages.removeValue(forKey: message.rawValue) != nil else {
                    throw .gone(WireError(.notFound, ""))
                }
                state.changes.append("delete")
            case .deleteMessages(_, _, let messages):
                for message in messages { state.messages[message.rawValue] = nil }
                state.changes.append("bulk")
            case .kick(_, let user):
                guard state.members.remove(user.rawValue) != nil else { throw .gone(WireError(.notFound, "")) }
                state.changes.append("kick")
            case .ban(_, let user, _):
                state.members.remove(user.rawValue)
                if state.bans[user.rawValue] == nil { state.changes.append("ban") }
                state.bans[user.rawValue] = Self.tag(in: auditReason)
            case .timeOut(_, let user, let until):
                if state.timeOuts[user.rawValue] != until { state.changes.append("timeout") }
                state.timeOuts[user.rawValue] = until
            }
        }
    }

    func look(for effect: PlannedEffect, tag: CommandTag, since createdAt: Int64) async -> Finding {
        looks += 1
        guard !isUnreadable else { return .unclear }
        switch effect {
        case .send:
            return state.posts.first { $0.tag == tag }.map { .happened($0.message) } ?? .didNotHappen
        case .deleteMessage(_, _, let message):
            return state.messages[message.rawValue] == nil ? .happened(nil) : .didNotHappen
        case .deleteMessages(_, _, let messages):
            return messages.allSatisfy { state.messages[$0.rawValue] == nil } ? .happened(nil) : .didNotHappen
        case .kick(_, let user):
            return state.members.contains(user.rawValue) ? .didNotHappen : .alreadySo
        case .ban(_, let user, _):
            guard let owner = state.bans[user.rawValue] else { return .didNotHappen }
            return owner == tag ? .happened(nil) : .alreadySo
        case .timeOut(_, let user, let until):
            return state.timeOuts[user.rawValue] == until ? .happened(nil) : .didNotHappen
        }
    }

    func author(of message: Snowflake, in channel: Snowflake) async throws(DiscordFailure) -> Snowflake? {
        state.messages[message.rawValue].map { Snowflake($0) }
    }

    private func around<Value: Sendable>(
        _ body: (inout GuildState) throws(DiscordFailure) -> Value
    ) async throws(DiscordFailure) -> Value {
        await onCall?("before")
        switch trouble {
        case .refuses(let failure): throw failure
        case .losesRequest: throw .unknown(WireError(.inDoubt, "no answer"))
        case .losesAnswer:
            _ = try body(&state)
            throw .unknown(WireError(.inDoubt, "no answer"))
        case nil: break
        }
        let value = try body(&state)
        await onCall?("after")
        return value
    }

    private static func tag(in reason: String) -> CommandTag? {
        World.everyTag.first { $0.marks(reason) }
    }
}
