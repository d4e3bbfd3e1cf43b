import Contracts
import TestSupport
import Testing

@testable import Discord

@Suite struct MemberRequestsTests {
    private let guild = Snowflake(7)

    private func nonceSent(_ step: MemberRequests.Step?) -> String? {
        guard case .send(let payload)? = step else { return nil }
        return GatewayFrame(json: payload).flatMap { JSONMembers(object: $0.data)?.plainString("nonce") }
    }

    @Test func theWholeListNeedsItsIntentAndItsTurn() throws {
        var requests = MemberRequests(nonceSeed: .max)
        #expect(throws: MemberRequestFailure.missingIntent) {
            try requests.add(id: 1, guild: guild, .all, intents: [.guilds], at: .zero)
        }
        try requests.add(id: .max, guild: guild, .all, intents: [.guildMembers], at: .zero)
        #expect(requests.next(at: .zero) == .takeTurn(id: .max, guild: guild))
        #expect(requests.next(at: .zero) == nil)
        requests.turnCame(id: .max, .taken(after: .seconds(30)), at: .zero)
        #expect(requests.deadline == .seconds(30))
        #expect(requests.next(at: .seconds(29)) == nil)
        let nonce = try #require(nonceSent(requests.next(at: .seconds(30))))
        #expect(nonce.utf8.count <= 32)
        #expect(requests.received(MemberChunk(nonce: nonce, index: 1, count: 2, members: 5), at: .seconds(31)) == nil)
        #expect(requests.received(MemberChunk(nonce: nonce, index: 1, count: 2, members: 5), at: .seconds(31)) == nil)
        #expect(requests.received(MemberChunk(nonce: "other", index: 0, count: 1), at: .seconds(31)) == nil)
        var answer = MemberAnswer()
        answer.members = 6
        answer.notFound = [Snowflake(9)]
        let last = MemberChunk(nonce: nonce, index: 0, count: 2, members: 1, notFound: [Snowflake(9)])
        #expect(requests.received(last, at: .seconds(31)) == .finished(id: .max, .success(answer)))
        #expect(requests.isEmpty)
    }

    @Test func silenceIsAskedAgainAndThenGivenUp() throws {
        var requests = MemberRequests(nonceSeed: 1)
        try requests.add(id: 1, guild: guild, .users([Snowflake(2)]), intents: [], at: .zero)
        var now = Duration.zero
        var nonces: Set<String> = []
        for _ in 0..<MemberRequests.attempts {
            var step = requests.next(at: now)
            if step == nil { step = requests.next(at: now) }
            nonces.insert(try #require(nonceSent(step)))
            now = try #require(requests.deadline)
        }
        #expect(nonces.count == MemberRequests.attempts)
        #expect(requests.next(at: now) == .finished(id: 1, .failure(.unanswered)))
        #expect(requests.deadline == nil)
    }

    @Test func discordsOwnLimitIsKept() throws {
        var requests = MemberRequests(nonceSeed: 1)
        try requests.add(id: 1, guild: guild, .prefix("a", limit: 5), intents: [], at: .zero)
        let nonce = try #require(nonceSent(requests.next(at: .zero)))
        let limit = try DiscordJSON.decode(
            GatewayRateLimit.self,
            from: Array(#"{"opcode":8,"retry_after":12.5,"meta":{"guild_id":"7","nonce":"\#(nonce)"}}"#.utf8))
        requests.rateLimited(nonce: nonce, retryAfter: limit.pause, at: .seconds(1))
        #expect(requests.deadline == .seconds(13.5))
        #expect(requests.next(at: .seconds(13)) == nil)
        #expect(nonceSent(requests.next(at: .seconds(13.5))) != nonce)
    }

    @Test(arguments: ["1e300", "-5", "0"])
    func anyPauseIsSurvived(number: String) throws {
        let json = #"{"opcode":8,"retry_after":\#(number),"meta":{}}"#
        let limit = try DiscordJSON.decode(GatewayRateLimit.self, from: Array(json.utf8))
        #expect((Duration.seconds(1)...Duration.seconds(3600)).contains(limit.pause))
    }

    @Test func tooMuchIsRefused() {
        var requests = MemberRequests(nonceSeed: 1)
        let users = (1...101).map { Snowflake(UInt64($0)) }
        #expect(throws: MemberRequestFailure.tooMuch) {
            try requests.add(id: 1, guild: guild, .users(users), intents: [], at: .zero)
        }
        #expect(throws: MemberRequestFailure.tooMuch) {
            try requests.add(
                id: 1, guild: guild, .prefix(String(repeating: "a", count: 5000), limit: 1), intents: [], at: .zero)
        }
    }

    /// Against a Discord that loses, limits, cuts off and answers twice: every request ends, with all its members.
    @Test(arguments: 0..<30)
    func everyRequestEnds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var requests = MemberRequests(nonceSeed: seed)
        var now = Duration.zero
        var open: Set<UInt64> = []
        for id in 1...UInt64(20) {
            let selection: MemberSelection = Bool.random(using: &random) ? .all : .users([Snowflake(id)])
            try requests.add(id: id, guild: Snowflake(id), selection, intents: [.guildMembers], at: now)
            open.insert(id)
        }
        var asked: [String: Duration] = [:]
        var inFlight: Set<String> = []
        while !open.isEmpty {
            let deadline = try #require(requests.deadline, "seed \(seed): nothing is due and \(open) are open")
            now = max(now, deadline)
            var steps: [MemberRequests.Step] = []
            while let step = requests.next(at: now) { steps.append(step) }
            while !steps.isEmpty {
                switch steps.removeFirst() {
                case .takeTurn(let id, _):
                    let wait = Duration.seconds(Int.random(in: 0...40, using: &random))
                    requests.turnCame(
                        id: id, Bool.random(using: &random) ? .taken(after: wait) : .askAgain(after: wait), at: now)
                case .finished(let id, let result):
                    #expect(open.remove(id) != nil, "seed \(seed): answered twice")
                    if case .success(let answer) = result { #expect(answer.members == 3, "seed \(seed)") }
                case .send(let payload):
                    let nonce = try #require(nonceSent(.send(payload)))
                    #expect(asked.updateValue(now, forKey: nonce) == nil, "seed \(seed): a nonce was used twice")
                    inFlight.insert(nonce)
                    let fate = Int.random(in: 0..<10, using: &random)
                    if fate == 0 { requests.connectionEnded(at: now) }
                    if fate == 1 { requests.rateLimited(nonce: nonce, retryAfter: .seconds(9), at: now) }
                    for index in [0, 2, 1, 1] where fate > 2 || index == 0 {
                        let chunk = MemberChunk(nonce: nonce, index: index, count: 3, members: 1)
                        if let step = requests.received(chunk, at: now) { steps.append(step) }
                    }
                }
            }
        }
        #expect(requests.isEmpty, "seed \(seed)")
    }
}
