import Contracts

/// The requests for members of one shard, from the question to the last part of the answer. Pure.
///
/// A question lives with its connection: after a reconnect it is put again, and what came of it before does not count.
struct MemberRequests: Sendable {
    enum Step: Hashable, Sendable {
        /// Ask for the turn to get the guild's whole list; `turnCame` goes on.
        case takeTurn(id: UInt64, guild: Snowflake)
        case send([UInt8])
        case finished(id: UInt64, Result<MemberAnswer, MemberRequestFailure>)
    }

    private enum Phase {
        case waiting(until: Duration)
        case takingTurn
        /// The turn is ours at that time.
        case hasTurn(at: Duration)
        case asked(until: Duration)
    }

    private struct Request {
        let id: UInt64
        let guild: Snowflake
        let selection: MemberSelection
        var phase: Phase
        var attempts = 0
        var arrived: Set<Int> = []
        var answer = MemberAnswer()

        var isInFlight: Bool {
            if case .waiting = phase { false } else { true }
        }
    }

    static let capacity = 10_000
    /// Requests at one time: answers of 1000 members each must not crowd out the events.
    static let maximumInFlight = 4
    /// For the next part of an answer.
    static let patience: Duration = .seconds(30)
    static let attempts = 5
    /// Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members>
    static let maximumUsers = 100

    /// Tells our answers from those to an earlier process that the same session brings.
    private let nonceRoot: String
    private var requests: [Request] = []

    init(nonceSeed: UInt64) {
        nonceRoot = String(nonceSeed, radix: 36)
    }

    var isEmpty: Bool { requests.isEmpty }

    /// When something is due; nil: nothing before an input.
    var deadline: Duration? {
        let mayStart = inFlight < Self.maximumInFlight
        return requests.compactMap { request in
            switch request.phase {
            case .waiting(let until): mayStart ? until : nil
            case .takingTurn: nil
            case .hasTurn(let time): time
            case .asked(let until): until
            }
        }.min()
    }

    private var inFlight: Int { requests.count { $0.isInFlight } }

    mutating func add(
        id: UInt64,
        guild: Snowflake,
        _ selection: MemberSelection,
        intents: GatewayIntents,
        at now: Duration
    ) throws(MemberRequestFailure) {
        guard requests.count < Self.capacity else { throw .busy }
        switch selection {
        case .all: guard intents.contains(.guildMembers) else { throw .missingIntent }
        case .users(let users): guard users.count <= Self.maximumUsers else { throw .tooMuch }
        case .prefix(let text, let limit):
            guard !text.isEmpty, (1...Self.maximumUsers).contains(limit) else { throw .tooMuch }
        }
        let request = Request(id: id, guild: guild, selection: selection, phase: .waiting(until: now))
        guard payload(request).count <= GatewayPayload.maximumBytes else { throw .tooMuch }
        requests.append(request)
    }

    mutating func remove(id: UInt64) {
        requests.removeAll { $0.id == id }
    }

    /// The next thing to do, while a payload may be sent; nil: nothing now.
    mutating func next(at now: Duration) -> Step? {
        let mayStart = inFlight < Self.maximumInFlight
        for index in requests.indices {
            switch requests[index].phase {
            case .asked(let until) where until <= now:
                if let finished = giveUpOrAskAgain(index, at: now) { return finished }
            case .hasTurn(let time) where time <= now: return ask(index, at: now)
            case .waiting(let until) where until <= now && mayStart:
                guard requests[index].selection == .all else { return ask(index, at: now) }
                requests[index].phase = .takingTurn
                return .takeTurn(id: requests[index].id, guild: requests[index].guild)
            default: break
            }
        }
        return nil
    }

    mutating func turnCame(id: UInt64, _ answer: GatewayTurnAnswer, at now: Duration) {
        guard let index = requests.firstIndex(where: { $0.id == id }), case .takingTurn = requests[index].phase else {
            return
        }
        requests[index].phase =
            switch answer {
            case .taken(let wait): .hasTurn(at: now + max(.zero, wait))
            case .askAgain(let wait): .waiting(until: now + wait)
            }
    }

    mutating func received(_ chunk: MemberChunk, at now: Duration) -> Step? {
        guard let index = index(of: chunk.nonce), case .asked = requests[index].phase,
            requests[index].arrived.insert(chunk.index).inserted
        else { return nil }
        requests[index].answer.members += chunk.members
        requests[index].answer.notFound += chunk.notFound
        requests[index].phase = .asked(until: now + Self.patience)
        guard requests[index].arrived.count >= chunk.count else { return nil }
        let request = requests.remove(at: index)
        return .finished(id: request.id, .success(request.answer))
    }

    mutating func rateLimited(nonce: String, retryAfter: Duration, at now: Duration) {
        guard let index = index(of: nonce) else { return }
        restart(index, at: now + retryAfter)
    }

    /// What was asked on the connection that ended has no answer any more.
    mutating func connectionEnded(at now: Duration) {
        for index in requests.indices where requests[index].isInFlight { restart(index, at: now) }
    }

    /// All that is open, when the client ends.
    mutating func removeAll() -> [UInt64] {
        defer { requests = [] }
        return requests.map(\.id)
    }

    private mutating func ask(_ index: Int, at now: Duration) -> Step {
        requests[index].attempts += 1
        requests[index].phase = .asked(until: now + Self.patience)
        return .send(payload(requests[index]))
    }

    private mutating func giveUpOrAskAgain(_ index: Int, at now: Duration) -> Step? {
        guard requests[index].attempts >= Self.attempts else {
            restart(index, at: now)
            return nil
        }
        let request = requests.remove(at: index)
        return .finished(id: request.id, .failure(.unanswered))
    }

    private mutating func restart(_ index: Int, at time: Duration) {
        requests[index].phase = .waiting(until: time)
        requests[index].arrived = []
        requests[index].answer = MemberAnswer()
    }

    private func index(of nonce: String) -> Int? {
        requests.firstIndex { $0.isInFlight && self.nonce($0) == nonce }
    }

    /// Differs from attempt to attempt: a late part of an answer does not count for the next one.
    private func nonce(_ request: Request) -> String {
        "\(nonceRoot)-\(String(request.id, radix: 36))-\(request.attempts)"
    }

    private func payload(_ request: Request) -> [UInt8] {
        var members: [String: JSONValue] = [
            "guild_id": .string(request.guild.description), "nonce": .string(nonce(request)),
        ]
        switch request.selection {
        case .all:
            members["query"] = .string("")
            members["limit"] = .integer(0)
        case .users(let users): members["user_ids"] = .array(users.map { .string($0.description) })
        case .prefix(let text, let limit):
            members["query"] = .string(text)
            members["limit"] = .integer(Int64(limit))
        }
        return GatewayPayload.encode(.requestGuildMembers, .object(members))
    }
}
