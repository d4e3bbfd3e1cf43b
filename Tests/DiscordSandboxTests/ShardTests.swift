import Contracts
import NIOHTTP1
import Testing

@testable import DiscordSandbox

@Suite struct ShardTests {
    private static let everything = Intents.documented.rawValue

    private static func bench(concurrency: Int = 2) -> HubBench {
        HubBench(settings: .init(maxConcurrency: concurrency, fewestShards: 2))
    }

    @Test func fewerShardsThanNeededAreRefused() {
        var bench = Self.bench()
        bench.open(1)
        #expect(bench.identify(1).map(\.close) == [.shardingRequired])
        bench.open(2)
        #expect(bench.identify(1, on: 2, extra: ["shard": [0, 2]]).first?.name == "READY")
    }

    @Test func aGuildAndItsEventsBelongToOneShard() throws {
        var bench = Self.bench()
        let home = Int(bench.seeded.guildID.rawValue >> 22) % 2
        for shard in 0..<2 {
            bench.open(UInt64(shard))
            let heard = bench.identify(
                Self.everything, on: UInt64(shard), extra: ["shard": [.int(shard), 2]])
            #expect(heard.map(\.name) == (shard == home ? ["READY", "GUILD_CREATE"] : ["READY"]))
            #expect(heard.first?.data["shard"] == [.int(shard), 2])
        }
        let ada = bench.seeded.user("ada")
        _ = try bench.world.say("to the guild", as: ada, in: bench.seeded.channel("general"))
        #expect(bench.publish().map(\.connection) == [UInt64(home)])
        let direct = try bench.world.openDirectMessages(from: ada, to: bench.seeded.botID)
        _ = try bench.world.say("to the bot", as: ada, in: direct.id)
        let heard = bench.publish()
        #expect(heard.last?.name == "MESSAGE_CREATE")
        #expect(Set(heard.map(\.connection)) == [0])
    }

    @Test func membersOfAForeignGuildAreNotGiven() {
        var bench = Self.bench()
        let foreign = 1 - Int(bench.seeded.guildID.rawValue >> 22) % 2
        bench.open(1)
        _ = bench.identify(Self.everything, extra: ["shard": [.int(foreign), 2]])
        let heard = bench.say(8, ["guild_id": .id(bench.seeded.guildID), "query": "", "limit": 0])
        #expect(heard.map(\.close) == [.decodeError])
    }

    @Test("Shards of different buckets may identify at the same time") func concurrency() {
        var bench = Self.bench()
        var firsts: [Int?] = []
        for shard in 0..<3 {
            bench.open(UInt64(shard))
            firsts.append(bench.identify(1, on: UInt64(shard), extra: ["shard": [.int(shard), 4]]).first?.op)
        }
        #expect(firsts == [0, 0, 9])
    }

    @Test func theRecommendationSaysSo() async {
        var options = SandboxOptions()
        options.shards = 3
        options.maxConcurrency = 2
        options.identifiesPerDay = 7
        let answer = await SandboxCaller(options).asBot(.GET, "/gateway/bot").json
        #expect(answer["shards"]?.int == 3)
        #expect(answer["session_start_limit"]?["max_concurrency"]?.int == 2)
        #expect(answer["session_start_limit"]?["total"]?.int == 7)
    }
}
