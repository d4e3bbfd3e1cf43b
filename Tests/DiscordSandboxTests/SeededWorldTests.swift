import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct SeededWorldTests {
    @Test func theSameSeedAndDayGiveTheSameWorld() throws {
        let one = SeededWorld(seed: 5, now: noon)
        let two = SeededWorld(seed: 5, now: noon + 3600)
        #expect(one.botToken == two.botToken)
        let first: [Snowflake: [Message]] = one.world.histories.mapValues { $0.since(.none) }
        let second: [Snowflake: [Message]] = two.world.histories.mapValues { $0.since(.none) }
        #expect(first == second)
        #expect(one.world.guilds == two.world.guilds)
    }

    @Test func idsStayAcrossDaysAndDifferBetweenSeeds() {
        let one = SeededWorld(seed: 5, now: noon)
        let later = SeededWorld(seed: 5, now: noon + 40 * Timestamp.secondsPerDay)
        let other = SeededWorld(seed: 6, now: noon)
        #expect(one.guildID == later.guildID && one.guildID != other.guildID)
        #expect(one.userIDs.map(\.id) == later.userIDs.map(\.id))
        #expect(one.channelIDs.map(\.id) == later.channelIDs.map(\.id))
        #expect(one.ownerToken == later.ownerToken && one.ownerToken != other.ownerToken)
    }

    @Test func theGuildIsPopulatedAndItsHistoryIsPast() {
        let seeded = SeededWorld(seed: 1, now: noon)
        let messages = seeded.world.histories.values.flatMap { $0.since(.none) }
        #expect(seeded.userIDs.count == 40 && Set(seeded.userIDs.map(\.id)).count == 40)
        #expect(messages.count == 600)
        #expect(messages.allSatisfy { $0.id.createdAt < noon.startOfDay })
        #expect(seeded.world.effects.byKind.isEmpty)
    }

    @Test func trickleSpeaksAndRepeatsForASeed() {
        func said(_ seed: UInt64) -> [String] {
            let seeded = SeededWorld(seed: seed, now: noon)
            var world = seeded.world
            var trickle = Trickle(seeded: seeded, seed: seed)
            for _ in 0..<50 { trickle.step(in: &world) }
            return world.takeEvents().map { $0.name + ($0.data["content"]?.string ?? "") }
        }
        #expect(said(1) == said(1))
        #expect(said(1).count > 30)
        #expect(said(1) != said(2))
    }
}
