import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct GatewayHubTests {
    private static let everything = Intents.documented.rawValue

    @Test func identifyBringsReadyAndTheGuild() {
        var bench = HubBench()
        bench.open(1)
        let heard = bench.identify(Self.everything)
        #expect(heard.map(\.name) == ["READY", "GUILD_CREATE"])
        #expect(heard.map(\.sequence) == [1, 2])
        #expect(heard[0].data["guilds"]?.array?.first?["unavailable"]?.bool == true)
        #expect(heard[1].data["members"]?.array?.count == 41)
    }

    @Test func withoutPresencesTheGuildNamesOnlyTheBot() {
        var bench = HubBench()
        bench.open(1)
        let heard = bench.identify(Intents([.guilds, .members]).rawValue)
        #expect(heard[1].data["members"]?.array?.count == 1)
        #expect(heard[1].data["member_count"]?.int == 41)
    }

    @Test(
        "Wrong identifies close with their code",
        arguments: [
            (1 << 45, [:], CloseCode.invalidIntents), (-1, [:], .invalidIntents),
            (1, ["token": "MTIz.abc.def"], .authenticationFailed), (1, ["shard": [2, 2]], .invalidShard),
            (1, ["shard": [0, 0]], .invalidShard), (1, ["intents": nil], .decodeError),
        ] as [(Int, JSONObject, CloseCode)])
    func refusals(intents: Int, extra: JSONObject, code: CloseCode) {
        var bench = HubBench()
        bench.open(1)
        #expect(bench.identify(intents, extra: extra).map(\.close) == [code])
    }

    @Test func privilegedIntentsMustBeSwitchedOn() {
        var bench = HubBench()
        bench.world.accounts[bench.seeded.botToken] = Account(userID: bench.seeded.botID, privilegedIntents: [])
        bench.open(1)
        #expect(bench.identify(1 << 15).map(\.close) == [.disallowedIntents])
        bench.open(2)
        #expect(bench.identify(1, on: 2).first?.name == "READY")
    }

    @Test func theProtocolIsKept() {
        var bench = HubBench()
        bench.open(1)
        #expect(bench.say(3, [:]).map(\.close) == [.notAuthenticated])
        bench.open(2)
        #expect(bench.say(1, nil, on: 2).map(\.op) == [11])
        _ = bench.identify(1, on: 2)
        #expect(bench.say(99, [:], on: 2).map(\.close) == [.unknownOpcode])
        bench.now = noon + 6
        bench.open(3)
        _ = bench.identify(1, on: 3)
        #expect(bench.identify(1, on: 3).map(\.close) == [.alreadyAuthenticated])
        bench.open(4)
        #expect(bench.say(raw: Array("{nonsense".utf8), on: 4).map(\.close) == [.decodeError])
        bench.open(5)
        let long = JSONValue.object(["op": 1, "d": .string(String(repeating: "x", count: 5000))])
        #expect(bench.say(raw: long.utf8, on: 5).map(\.close) == [.decodeError])
    }

    @Test func identifyingTooFastIsInvalid() {
        var bench = HubBench()
        bench.open(1)
        #expect(bench.identify(1).first?.name == "READY")
        bench.now = noon + 4.9
        bench.open(2)
        #expect(bench.identify(1, on: 2).map(\.op) == [9])
        bench.now = noon + 5
        #expect(bench.identify(1, on: 2).first?.name == "READY")
    }

    @Test func aResumeBringsExactlyWhatWasMissed() throws {
        var bench = HubBench()
        bench.open(1)
        let ready = bench.identify(Self.everything)
        let session = try #require(ready[0].data["session_id"])
        bench.hub.closed(1, code: nil, now: bench.now)
        for index in 0..<3 {
            _ = try bench.world.say(
                "missed \(index)", as: bench.seeded.user("ada"), in: bench.seeded.channel("general"))
        }
        #expect(bench.publish().isEmpty)
        bench.open(2)
        let heard = bench.say(
            6, ["token": .string(bench.seeded.botToken), "session_id": session, "seq": 2], on: 2)
        #expect(heard.map(\.name) == ["MESSAGE_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"])
        #expect(heard.map(\.sequence) == [3, 4, 5, 6])
        #expect(heard[2].data["content"]?.string == "missed 2")
        // A client that loses the connection before it has counted that RESUMED finds no gap.
        bench.hub.closed(2, code: nil, now: bench.now)
        bench.open(3)
        let again = bench.say(
            6, ["token": .string(bench.seeded.botToken), "session_id": session, "seq": 4], on: 3)
        #expect(again.map(\.sequence) == [5, 6, 7])
        #expect(again.map(\.name) == ["MESSAGE_CREATE", "RESUMED", "RESUMED"])
    }

    @Test("A session ends with close code 1000, with time, and with a sequence that never was")
    func deadSessions() throws {
        func resume(_ code: UInt16?, after seconds: Double, sequence: Int) throws -> HubBench.Heard? {
            var bench = HubBench()
            bench.open(1)
            let session = try #require(bench.identify(1)[0].data["session_id"])
            bench.hub.closed(1, code: code, now: bench.now)
            bench.now = bench.now + seconds
            bench.hub.tick(now: bench.now)
            bench.open(2)
            return bench.say(
                6, ["token": .string(bench.seeded.botToken), "session_id": session, "seq": .int(sequence)], on: 2
            ).first
        }
        #expect(try resume(4000, after: 60, sequence: 2)?.name == "RESUMED")
        #expect(try resume(1000, after: 1, sequence: 2)?.data == false)
        #expect(try resume(nil, after: GatewayHub.sessionMemory, sequence: 2)?.data == false)
        #expect(try resume(nil, after: 1, sequence: 9)?.close == .invalidSequence)
    }

    @Test func silenceAndHasteAreClosed() {
        var bench = HubBench()
        bench.open(1)
        bench.open(2)
        _ = bench.identify(1)
        bench.hub.tick(now: noon + 60)
        #expect(bench.heard().isEmpty)
        bench.hub.tick(now: noon + 90)
        let closed = bench.heard().sorted { $0.connection < $1.connection }
        #expect(closed.map(\.close) == [.unknownError, .sessionTimedOut])

        var hasty = HubBench()
        hasty.open(1)
        for _ in 0..<GatewayHub.sendsPerMinute { _ = hasty.say(1, nil) }
        #expect(hasty.say(1, nil).map(\.close) == [.rateLimited])
    }

    @Test func intentsAndPermissionsFilterEvents() throws {
        var bench = HubBench()
        bench.open(1)
        _ = bench.identify(Intents([.guilds, .messages]).rawValue)
        let (ada, general) = (bench.seeded.user("ada"), bench.seeded.channel("general"))
        let said = try bench.world.say("secret", as: ada, in: general)
        _ = try bench.world.say("hello <@\(bench.seeded.botID)>", as: ada, in: general)
        _ = try bench.world.say("hidden", as: bench.seeded.user("grace"), in: bench.seeded.channel("staff-lounge"))
        try bench.world.addReaction(.init(id: nil, name: "👍"), to: said.id, in: general, by: ada)
        try bench.world.kick(
            bench.seeded.user("linus"), from: bench.seeded.guildID, by: .init("noor", in: bench.seeded))
        let heard = bench.publish()
        #expect(heard.map(\.name) == ["MESSAGE_CREATE", "MESSAGE_CREATE"])
        #expect(heard[0].data["content"]?.string == "")
        #expect(heard[1].data["content"]?.string?.hasPrefix("hello") == true)
    }

    @Test func memberRequestsAreAnsweredAndTheFullListIsLimited() {
        var bench = HubBench()
        bench.open(1)
        _ = bench.identify(Self.everything)
        let guild = JSONValue.id(bench.seeded.guildID)
        let some = bench.say(8, ["guild_id": guild, "user_ids": [.id(bench.seeded.user("ada")), "77"], "nonce": "n"])
        #expect(some.first?.data["members"]?.array?.count == 1)
        #expect(some.first?.data["not_found"] == ["77"])
        #expect(some.first?.data["nonce"]?.string == "n")
        let full: JSONValue = ["guild_id": guild, "query": "", "limit": 0]
        #expect(bench.say(8, full).first?.data["members"]?.array?.count == 41)
        #expect(bench.say(8, full).first?.name == "RATE_LIMITED")
        bench.now = noon + 31
        #expect(bench.say(8, full).first?.name == "GUILD_MEMBERS_CHUNK")
    }
}
