import Contracts
import TestSupport
import Testing

@testable import Archive

@Suite(.timeLimit(.minutes(1))) struct ApplyTests {
    @Test func sessionAndEventsAreSavedTogether() async throws {
        try await withTemporaryDirectory { directory in
            let first = try Archive(directory: directory)
            try await first.apply([snapshot(), .messageCreated(message(50_000))], session: session(7))
            // No close: what a killed process leaves behind.
            let second = try Archive(directory: directory)
            #expect(try await second.session(shard: 0) == session(7))
            #expect(try await second.messages(in: channelID, page: MessagePage(limit: 5)).ids == [50_000])
            #expect(try await second.session(shard: 1) == nil)
            try second.close()
            try first.close()
        }
    }

    @Test func applyingTwiceChangesNothing() async throws {
        try await withArchive { archive in
            let batch: [ArchiveMutation] = [
                .identity(BotIdentity(userID: grace, name: "bot")), snapshot(),
                .messageCreated(message(50_000)), .messageUpdated(message(50_000, "edited", editedAt: 9)),
                .messageCreated(message(50_001)),
                .messagesDeleted([Snowflake(50_001)], channel: channelID, guild: guildID, at: 10),
            ]
            try await archive.apply(batch, session: session(6))
            let once = try await archive.messages(in: channelID, page: MessagePage(limit: 10))
            try await archive.apply(batch, session: session(6))
            #expect(try await archive.messages(in: channelID, page: MessagePage(limit: 10)) == once)
            #expect(once.messages.map(\.content) == ["edited"])
            #expect(try await archive.counts().messages == 2)
        }
    }

    @Test func anOldPageNeitherUndoesAnEditNorADelete() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(channels: [channel(last: 60_000)])], session: session(1))
            let ticket = try await archive.beginLearning(channel: channelID, shard: 0)
            try await archive.apply(
                [
                    .messageUpdated(message(50_001, "new", editedAt: 500)),
                    .messagesDeleted([Snowflake(50_002)], channel: channelID, guild: guildID, at: 10),
                ], session: session(2))
            try await archive.learn(
                [message(50_001, "old"), message(50_002, "gone"), message(50_003)], page: MessagePage(limit: 50),
                ticket: ticket, now: 9)
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(page.isComplete)
            #expect(page.messages.map(\.content) == ["hello", "new"])
        }
    }

    @Test func readyTellsWhichGuildsTheBotLeft() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(), .messageCreated(message(50_000))], session: session(2))
            try await archive.apply(
                [.guildsOfShard([otherGuildID], shard: 1, shardCount: 2)], session: session(1, id: "session-2"))
            #expect(try await archive.guild(guildID) != nil, "another shard's guild")
            try await archive.apply(
                [.guildsOfShard([otherGuildID], shard: 0, shardCount: 2)], session: session(1, id: "session-3"))
            #expect(try await archive.guild(guildID) == nil)
            #expect(try await archive.counts().messages == 0)
        }
    }

    @Test func bulkDeleteHidesMessages() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [snapshot()] + (0..<5).map { .messageCreated(message(50_000 + $0)) }, session: session(6))
            try await archive.apply(
                [.messagesDeleted([50_001, 50_003].map { Snowflake($0) }, channel: channelID, guild: guildID, at: 1)],
                session: session(7))
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 10))
            #expect(page.ids == [50_004, 50_002, 50_000])
        }
    }

    @Test func anOutageKeepsTheGuildAndLeavingItDoesNot() async throws {
        try await withArchive { archive in
            let overwrite = OverwriteRecord(id: ada, kind: .member, allow: 1 << 52, deny: .max)
            try await archive.apply(
                [
                    snapshot(
                        channels: [channel(overwrites: [overwrite])],
                        roles: [
                            RoleRecord(id: guildID, guildID: guildID, name: "@everyone", position: 0, permissions: 3)
                        ],
                        members: [
                            MemberRecord(
                                guildID: guildID, userID: ada, name: "Ada", isBot: false, roleIDs: [ada, grace])
                        ]),
                    .messageCreated(message(50_000)),
                ], session: session(1))
            try await archive.apply([.guildUnavailable(guildID)], session: session(2))
            #expect(try await archive.guild(guildID)?.guild.isUnavailable == true)
            #expect(try await archive.channel(channelID)?.overwrites == [overwrite])
            #expect(try await archive.member(guild: guildID, user: ada)?.roleIDs == [ada, grace])
            let duringOutage = try await archive.messages(in: channelID, page: MessagePage(limit: 1))
            #expect(duringOutage.ids == [50_000] && !duringOutage.isComplete)

            try await archive.apply([.guildRemoved(guildID)], session: session(3))
            #expect(try await archive.guild(guildID) == nil)
            #expect(try await archive.counts() == ArchiveCounts.none)
        }
    }

    @Test func aChannelTakesItsThreadsAlong() async throws {
        try await withArchive { archive in
            let thread = channel(Snowflake(30_000), type: 11, parent: channelID)
            try await archive.apply(
                [
                    snapshot(channels: [channel(), channel(otherChannelID), thread]),
                    .messageCreated(message(50_000, "in the thread", channel: thread.id)),
                    .channelRemoved(channelID),
                ], session: session(3))
            #expect(try await archive.channel(thread.id) == nil)
            #expect(try await archive.directory().first?.channels.map(\.id) == [otherChannelID])
            let found = try await archive.search(
                MessageSearch(query: SearchQuery("thread"), channels: [thread.id], limit: 5))
            #expect(found.total == 0)
        }
    }

    @Test func aSnapshotDropsChannelsThatAreGone() async throws {
        try await withArchive { archive in
            let thread = channel(Snowflake(30_000), type: 11, parent: channelID)
            try await archive.apply(
                [snapshot(channels: [channel(), channel(otherChannelID), thread])], session: session(1))
            try await archive.apply([snapshot(channels: [channel()])], session: session(1, id: "session-2"))
            #expect(try await archive.directory().first?.channels.map(\.id) == [channelID, thread.id])
        }
    }
}

extension ArchiveCounts {
    fileprivate static let none = ArchiveCounts(guilds: 0, channels: 0, members: 0, messages: 0)
}
