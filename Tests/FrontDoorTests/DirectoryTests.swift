import Contracts
import TestSupport
import Testing

@testable import FrontDoor

@Suite struct DirectoryTests {
    private func snapshot(epoch: UInt64, sequence: UInt64) -> WireDirectory {
        var channel = WireDirectoryChannel()
        channel.id = 11
        channel.guildID = 1
        channel.name = "general"
        var guild = WireDirectoryGuild()
        guild.id = 1
        guild.name = "Harbor"
        guild.channels = [channel]
        var directory = WireDirectory()
        directory.epoch = epoch
        directory.sequence = sequence
        directory.guilds = [guild]
        return directory
    }

    private func event(
        _ type: String, epoch: UInt64 = 5, sequence: UInt64, channel: UInt64 = 0, deleted: Bool = false
    ) -> WireEvent {
        var event = WireEvent()
        event.epoch = epoch
        event.sequence = sequence
        event.type = type
        event.guildID = 1
        event.channelID = channel
        if channel != 0 {
            event.channel.name = "c\(channel)"
            event.channel.deleted = deleted
        }
        return event
    }

    @Test func aKeyKnowsOnlyItsGuilds() {
        let directory = Directory(snapshot(epoch: 5, sequence: 10))
        func names(_ guilds: Limit<Snowflake>, _ channels: Limit<Snowflake>) -> [String] {
            directory.guilds(
                for: AccessGrant(
                    keyID: "k", tenant: "t", name: "n", level: .readOnly, guilds: guilds, channels: channels)
            ).map(\.name)
        }
        #expect(names(.all, .all) == ["Harbor"])
        #expect(names(.only([Snowflake(2)]), .all).isEmpty)
        #expect(names(.all, .only([Snowflake(11)])) == ["Harbor"])
        #expect(names(.all, .only([Snowflake(12)])).isEmpty)
    }

    @Test func eventsAfterTheSnapshotChangeIt() {
        var directory = Directory(snapshot(epoch: 5, sequence: 10))
        directory.apply(event("CHANNEL_CREATE", sequence: 11, channel: 12))
        #expect(directory.channels[12]?.guildID == 1)
        directory.apply(event("CHANNEL_DELETE", sequence: 12, channel: 11, deleted: true))
        #expect(directory.channels[11] == nil)
    }

    @Test func eventsThatTheSnapshotIncludesAreNotAppliedAgain() {
        var directory = Directory(snapshot(epoch: 5, sequence: 10))
        directory.apply(event("CHANNEL_DELETE", sequence: 10, channel: 11, deleted: true))
        directory.apply(event("CHANNEL_DELETE", epoch: 4, sequence: 99, channel: 11, deleted: true))
        #expect(directory.channels[11] != nil)
    }

    @Test func aGuildThatIsLeftTakesItsChannelsWithIt() {
        var directory = Directory(snapshot(epoch: 5, sequence: 10))
        directory.apply(event("GUILD_DELETE", sequence: 11))
        #expect(directory.channels.isEmpty && directory.guilds.isEmpty)
    }

    /// Whatever order a snapshot and the events around it arrive in, the mirror ends as if all events had been applied.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func aSnapshotAtAnyPointGivesTheSameEnd(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let events = (UInt64(1)...200).map { sequence in
            event(
                "CHANNEL_UPDATE", sequence: sequence, channel: .random(in: 1...20, using: &random),
                deleted: Bool.random(using: &random))
        }
        var whole = Directory(WireDirectory())
        for event in events { whole.apply(event) }
        for _ in 0..<20 {
            let point = Int.random(in: 0...200, using: &random)
            let replayFrom = Int.random(in: 0...point, using: &random)
            var upToPoint = Directory(WireDirectory())
            for event in events.prefix(point) { upToPoint.apply(event) }
            var snapshot = WireDirectory()
            snapshot.epoch = 5
            snapshot.sequence = UInt64(point)
            var guild = WireDirectoryGuild()
            guild.id = 1
            guild.channels = Array(upToPoint.channels.values)
            snapshot.guilds = [guild]
            var mirror = Directory(snapshot)
            for event in events.dropFirst(replayFrom) { mirror.apply(event) }
            #expect(mirror.channels == whole.channels, "seed \(seed), snapshot at \(point), events from \(replayFrom)")
        }
    }
}
