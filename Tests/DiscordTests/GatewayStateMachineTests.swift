import Contracts
import TestSupport
import Testing

@testable import Discord

@Suite struct GatewayStateMachineTests {
    private var random = SeededGenerator(seed: 1)
    private let session = GatewaySession(id: "s", resumeURL: "ws://r", sequence: 5, intents: [.guilds])

    private func bot(remaining: Int, resetAfter: Int = 0) -> GatewayBot {
        GatewayBot(
            url: "ws://g", shards: 1,
            sessionStartLimit: .init(total: 1000, remaining: remaining, resetAfter: resetAfter, maxConcurrency: 1))
    }

    private func machine(_ session: GatewaySession? = nil) -> GatewayStateMachine {
        GatewayStateMachine(configuration: GatewayConfiguration(intents: [.guilds]), session: session)
    }

    @Test mutating func anEmptyBudgetIsWaitedFor() {
        var machine = machine()
        #expect(machine.handle(.start, at: .zero, using: &random) == [.fetchStartLimit])
        #expect(machine.handle(.startLimit(bot(remaining: 0, resetAfter: 90_000)), at: .zero, using: &random) == [])
        #expect(machine.deadline == .seconds(90))
        #expect(machine.handle(.tick(isReading: true), at: .seconds(89), using: &random) == [])
        #expect(machine.handle(.tick(isReading: true), at: .seconds(90), using: &random) == [.fetchStartLimit])
        #expect(
            machine.handle(.startLimit(bot(remaining: 1000)), at: .seconds(90), using: &random)
                == [.connect(url: "ws://g")])
    }

    @Test mutating func aNearlySpentBudgetIsSpared() {
        var machine = machine()
        _ = machine.handle(.start, at: .zero, using: &random)
        _ = machine.handle(.startLimit(bot(remaining: 90, resetAfter: 9_000_000)), at: .zero, using: &random)
        #expect(machine.deadline == .seconds(100))
        _ = machine.handle(.tick(isReading: true), at: .seconds(100), using: &random)
        let actions = machine.handle(
            .startLimit(bot(remaining: 90, resetAfter: 9_000_000)), at: .seconds(100), using: &random)
        #expect(actions == [.connect(url: "ws://g")])
    }

    @Test mutating func aRejectedTokenEndsIt() {
        var machine = machine()
        _ = machine.handle(.start, at: .zero, using: &random)
        let actions = machine.handle(.startLimitFailed(tokenRejected: true), at: .zero, using: &random)
        #expect(actions == [.fail(.tokenRejected)])
        #expect(machine.deadline == nil)
    }

    @Test mutating func unreachableForLongGivesTheSessionUp() {
        var machine = machine(session)
        var now = Duration.zero
        #expect(machine.handle(.start, at: now, using: &random) == [.connect(url: "ws://r")])
        for attempt in 1...GatewayStateMachine.attemptsBeforeNewSession {
            #expect(machine.handle(.connectFailed, at: now, using: &random) == [])
            guard let deadline = machine.deadline else { return }
            #expect(deadline - now <= .seconds(72))
            #expect(attempt == 1 || deadline > now, "only the first try is at once")
            now = deadline
            #expect(machine.handle(.tick(isReading: true), at: now, using: &random) == [.connect(url: "ws://r")])
        }
        _ = machine.handle(.connectFailed, at: now, using: &random)
        now = machine.deadline ?? now
        #expect(machine.handle(.tick(isReading: true), at: now, using: &random) == [.fetchStartLimit])
        #expect(
            machine.handle(.startLimit(bot(remaining: 9)), at: now, using: &random) == [.connect(url: "ws://r")],
            "the network is back: the session may be there yet")
        _ = machine.handle(.connectFailed, at: now, using: &random)
        now = machine.deadline ?? now
        #expect(machine.handle(.tick(isReading: true), at: now, using: &random) == [.fetchStartLimit])
        #expect(
            machine.handle(.startLimit(bot(remaining: 1000)), at: now, using: &random) == [.connect(url: "ws://g")])
    }

    @Test mutating func identifiesAreSpreadEverWider() {
        var machine = machine()
        var now = Duration.zero
        var waits: [Duration] = []
        var actions = machine.handle(.start, at: now, using: &random)
        for _ in 0..<8 {
            #expect(actions == [.fetchStartLimit])
            _ = machine.handle(.startLimit(bot(remaining: 500)), at: now, using: &random)
            _ = machine.handle(.connected, at: now, using: &random)
            let hello = GatewayFrame(opcode: 10, data: Array(#"{"heartbeat_interval": 40000}"#.utf8))
            let turn = GatewayStateMachine.Purpose.identify(.identify(shard: 0, of: 1, maxConcurrency: 1))
            #expect(machine.handle(.frame(hello), at: now, using: &random) == [.takeTurn(turn)])
            #expect(machine.handle(.turn(turn, .taken(after: .zero)), at: now, using: &random) == [.identify])
            let invalid = GatewayFrame(opcode: 9, data: Array("false".utf8))
            #expect(machine.handle(.frame(invalid), at: now, using: &random) == [.close])
            let deadline = machine.deadline ?? now
            waits.append(deadline - now)
            now = deadline
            actions = machine.handle(.tick(isReading: true), at: now, using: &random)
        }
        #expect(waits.allSatisfy { $0 >= .seconds(5) })
        #expect(waits.last ?? .zero >= .seconds(600))
    }

    @Test mutating func requestsKeepToTheSendLimit() throws {
        var machine = try resumed()
        var sent = 0
        for id in 1...300 {
            let actions = try machine.request(
                id: UInt64(id), guild: Snowflake(3), .users([Snowflake(4)]), at: .seconds(1))
            sent += actions.count
            // Answered at once, so that only the send limit holds anything up.
            for case .send(let payload) in actions { answer(payload, &machine, at: .seconds(1)) }
        }
        #expect(sent == SendWindow.commandLimit - 1, "RESUME counts")
        #expect(machine.handle(.frame(GatewayFrame(opcode: 1)), at: .seconds(1), using: &random) == [])
        let beats = machine.handle(.tick(isReading: true), at: .seconds(42), using: &random)
        #expect(beats.contains(.heartbeat(sequence: machine.session?.sequence)), "the heartbeats' room is kept")
        #expect(machine.deadline.map { $0 <= .seconds(62) } == true)
        let later = machine.handle(.tick(isReading: true), at: .seconds(62), using: &random)
        #expect(later.count { if case .send = $0 { true } else { false } } == MemberRequests.maximumInFlight)
    }

    private mutating func answer(_ payload: [UInt8], _ machine: inout GatewayStateMachine, at now: Duration) {
        let nonce = GatewayFrame(json: payload).flatMap { JSONMembers(object: $0.data)?.plainString("nonce") } ?? ""
        let chunk = #"{"nonce": "\#(nonce)", "chunk_index": 0, "chunk_count": 1, "members": []}"#
        let sequence = (machine.session?.sequence ?? 0) + 1
        let frame = GatewayFrame(
            opcode: 0, sequence: sequence, name: "GUILD_MEMBERS_CHUNK", data: Array(chunk.utf8))
        _ = machine.handle(.frame(frame), at: now, using: &random)
    }

    /// A machine whose stored session goes on at 6.
    private mutating func resumed() throws -> GatewayStateMachine {
        var machine = machine(session)
        _ = machine.handle(.start, at: .zero, using: &random)
        _ = machine.handle(.connected, at: .zero, using: &random)
        let hello = GatewayFrame(opcode: 10, data: Array(#"{"heartbeat_interval": 41250}"#.utf8))
        _ = machine.handle(.frame(hello), at: .zero, using: &random)
        let resumed = GatewayFrame(opcode: 0, sequence: 6, name: "RESUMED", data: Array("{}".utf8))
        _ = machine.handle(.frame(resumed), at: .zero, using: &random)
        try #require(machine.metrics.state == .ready)
        return machine
    }

    private func event(_ sequence: Int, _ name: String = "E") -> GatewayStateMachine.Input {
        .frame(GatewayFrame(opcode: 0, sequence: sequence, name: name, data: Array("{}".utf8)))
    }

    @Test mutating func aMissingEventIsFetchedByAResume() throws {
        var machine = try resumed()
        #expect(machine.handle(event(8), at: .seconds(1), using: &random).contains(.close))
        #expect(machine.session?.sequence == 6)
        #expect(machine.metrics.gaps == 1)
        _ = machine.handle(.tick(isReading: true), at: .seconds(1), using: &random)
        _ = machine.handle(.connected, at: .seconds(1), using: &random)
        let hello = GatewayFrame(opcode: 10, data: Array(#"{"heartbeat_interval": 41250}"#.utf8))
        let resume = machine.handle(.frame(hello), at: .seconds(1), using: &random)
        #expect(resume == [.resume(try #require(machine.session))])
        // It stays away: only a new session makes everything right.
        let actions = machine.handle(event(8), at: .seconds(2), using: &random)
        #expect(actions.contains(.close))
        #expect(machine.session == nil)
    }

    @Test mutating func aMissingEventEndsASessionOnceAnHour() throws {
        var machine = try resumed()
        machine.lastGapSession = .zero
        machine.gap = machine.session
        let actions = machine.handle(event(9), at: .seconds(10), using: &random)
        #expect(actions.count == 1)
        #expect(machine.session?.sequence == 9)
        #expect(machine.handle(event(9), at: .seconds(10), using: &random) == [])
        #expect(machine.metrics.duplicates == 1)
    }

    @Test(arguments: [
        GatewayFrame(opcode: 99), GatewayFrame(opcode: -1), GatewayFrame(opcode: 2),
        GatewayFrame(opcode: 0), GatewayFrame(opcode: 0, sequence: 7), GatewayFrame(opcode: 0, name: "E"),
        GatewayFrame(opcode: 0, sequence: 0, name: "E"), GatewayFrame(opcode: 0, sequence: .min, name: "E"),
    ])
    mutating func oddFramesAreLeftOut(frame: GatewayFrame) throws {
        var machine = try resumed()
        let actions = machine.handle(.frame(frame), at: .seconds(1), using: &random)
        #expect(actions.count == 1)
        guard case .record? = actions.first else { Issue.record("\(actions)"); return }
        #expect(machine.metrics.malformed == 1)
        #expect(machine.isConnected)
        #expect(machine.handle(event(7), at: .seconds(1), using: &random).count == 1)
    }

    @Test mutating func aBrokenStreamIsResumed() throws {
        var machine = try resumed()
        let actions = machine.handle(.broken("zlib status -3"), at: .seconds(1), using: &random)
        #expect(actions == [.record("zlib status -3"), .close])
        #expect(machine.session?.sequence == 6)
    }

    @Test mutating func aRequestToReconnectMayComeBeforeHello() {
        var machine = machine(session)
        _ = machine.handle(.start, at: .zero, using: &random)
        _ = machine.handle(.connected, at: .zero, using: &random)
        #expect(machine.handle(.frame(GatewayFrame(opcode: 7)), at: .zero, using: &random) == [.close])
        #expect(machine.session == session)
    }

    @Test(arguments: [GatewayIntents.guilds, [.guilds, .guildMembers]], [1, 2])
    func onlyASessionOfTheSameKindIsResumed(intents: GatewayIntents, count: Int) {
        let stored = GatewaySession(id: "s", resumeURL: "ws://r", sequence: 5, intents: intents, shardCount: count)
        let machine = machine(stored)
        #expect((machine.session != nil) == (intents == .guilds && count == 1))
    }

    @Test mutating func aFormerShardDoesNotIdentify() {
        var configuration = GatewayConfiguration(intents: [.guilds])
        configuration.mayIdentify = false
        var machine = GatewayStateMachine(configuration: configuration, session: session)
        _ = machine.handle(.start, at: .zero, using: &random)
        _ = machine.handle(.connected, at: .zero, using: &random)
        let invalid = GatewayFrame(opcode: 9, data: Array("false".utf8))
        _ = machine.handle(.frame(invalid), at: .zero, using: &random)
        #expect(machine.handle(.tick(isReading: true), at: .seconds(60), using: &random) == [.fail(.sessionLost)])
    }

    @Test mutating func aSilentServerIsLeft() {
        var machine = machine(session)
        _ = machine.handle(.start, at: .zero, using: &random)
        _ = machine.handle(.connected, at: .zero, using: &random)
        #expect(machine.deadline == .seconds(20))
        #expect(machine.handle(.tick(isReading: true), at: .seconds(20), using: &random) == [.close])
        #expect(!machine.isConnected)
    }

    @Test(arguments: [
        (#"{"op":0,"s":3,"t":"X","d":{"a":[1,{"b":"}"}],"op":9}}"#, 0, Optional(3), #"{"a":[1,{"b":"}"}],"op":9}"#),
        (#" { "d" : null , "op" : 11 } "#, 11, nil, "null"),
        (#"{"op":9,"d":false,"t":null,"s":null}"#, 9, nil, "false"),
        (#"{"op":0,"d":"a\"]}","s":1,"t":"T"}"#, 0, 1, #""a\"]}""#),
    ])
    func envelopes(json: String, opcode: Int, sequence: Int?, data: String) {
        let frame = GatewayFrame(json: Array(json.utf8))
        #expect(frame?.opcode == opcode)
        #expect(frame?.sequence == sequence)
        #expect(frame.map { String(decoding: $0.data, as: UTF8.self) } == data)
    }

    @Test(arguments: [
        "", "null", "[]", "{", #"{"op":1"#, #"{"op":1,}"#, #"{"op"}"#, #"{"op":[}"#, #"{"op":1} x"#, #"{"d":"#,
        #"{"d":1}"#,
        #"{"op":"1"}"#, #"{"op":1,"d":"\"#, #"{"op":1,"d":]}"#,
        #"{"op":1,"d":"# + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}",
    ])
    func brokenEnvelopes(json: String) {
        #expect(GatewayFrame(json: Array(json.utf8)) == nil)
    }

    @Test(arguments: [
        ("wss://gateway.discord.gg", true, "gateway.discord.gg", 443, "/?q"),
        ("wss://gateway.discord.gg/", true, "gateway.discord.gg", 443, "/?q"),
        ("ws://127.0.0.1:8080/gw?x=1", false, "127.0.0.1", 8080, "/gw?x=1&q"),
        ("ws://[::1]:81", false, "::1", 81, "/?q"),
    ])
    func addresses(url: String, isSecure: Bool, host: String, port: Int, path: String) {
        let address = WebSocketAddress(url, query: "q")
        #expect(address?.isSecure == isSecure)
        #expect(address?.host == host)
        #expect(address?.port == port)
        #expect(address?.path == path)
    }

    @Test(arguments: ["", "http://x", "ws://", "ws://x:99999", "ws://x:", "ws://[::1", "ws://user@x"])
    func badAddresses(url: String) {
        #expect(WebSocketAddress(url, query: "q") == nil)
    }
}
