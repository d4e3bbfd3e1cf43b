import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct GatewayFaultTests {
    /// A session that has seen 1 (READY) and 2 (GUILD_CREATE), and a rule for the next message.
    private static func bench(_ fault: FaultPlan.Fault) -> (HubBench, session: JSONValue) {
        var bench = HubBench()
        bench.open(1)
        let session = bench.identify(Intents.documented.rawValue)[0].data["session_id"] ?? .null
        bench.faults.add(.init(match: "MESSAGE_CREATE", fault: fault, times: 1, after: 0, probability: 1))
        return (bench, session)
    }

    private static func say(_ texts: String..., on bench: inout HubBench) throws -> [HubBench.Heard] {
        for text in texts {
            _ = try bench.world.say(text, as: bench.seeded.user("ada"), in: bench.seeded.channel("general"))
        }
        return bench.publish()
    }

    @Test func aDroppedEventUsesItsNumberAndNeverComes() throws {
        var (bench, session) = Self.bench(.drop)
        #expect(try Self.say("lost", "kept", on: &bench).map(\.sequence) == [4])
        bench.hub.closed(1, code: nil, now: bench.now)
        bench.open(2)
        let resume: JSONValue = ["token": .string(bench.seeded.botToken), "session_id": session, "seq": 2]
        let heard = bench.say(6, resume, on: 2)
        #expect(heard.map(\.name) == ["MESSAGE_CREATE", "RESUMED"])
        #expect(heard.first?.data["content"] == "kept")
    }

    @Test func aDoubledEventComesTwiceWithOneNumber() throws {
        var (bench, _) = Self.bench(.duplicate)
        let heard = try Self.say("twice", "once", on: &bench)
        #expect(heard.map(\.sequence) == [3, 3, 4])
        #expect(heard.map { $0.data["content"]?.string } == ["twice", "twice", "once"])
    }

    @Test func aReorderedEventComesAfterTheNext() throws {
        var (bench, _) = Self.bench(.reorder)
        #expect(try Self.say("first", on: &bench).isEmpty)
        let heard = try Self.say("second", on: &bench)
        #expect(heard.map(\.sequence) == [4, 3])
        #expect(heard.map { $0.data["content"]?.string } == ["second", "first"])
    }

    @Test func otherEventsAreLeftAlone() throws {
        var (bench, _) = Self.bench(.drop)
        let (ada, general) = (bench.seeded.user("ada"), bench.seeded.channel("general"))
        let id = try #require(bench.world.histories[general]?.before(Snowflake(.max), limit: 1).first?.id)
        try bench.world.addReaction(.init(id: nil, name: "👍"), to: id, in: general, by: ada)
        #expect(bench.publish().map(\.name) == ["MESSAGE_REACTION_ADD"])
        #expect(bench.faults.fired == 0)
    }
}
