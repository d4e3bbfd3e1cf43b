import Contracts
import Testing

@testable import Archive

/// What Discord calls a page, and when the archive may answer it alone.
@Suite(.timeLimit(.minutes(1))) struct PageTests {
    @Test func anEmptyChannelIsKnownFromItsBeginning() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot()], session: session(1))
            let empty = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(empty == ArchivedPage.complete([]))
            try await archive.apply((0..<3).map { .messageCreated(message(50_000 + $0)) }, session: session(4))
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(page.isComplete && !page.hasMore && page.ids == [50_002, 50_001, 50_000])
        }
    }

    @Test func orderIsAlwaysNewestFirst() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [snapshot()] + (0..<10).map { .messageCreated(message(50_000 + $0)) }, session: session(1))
            func ids(_ page: MessagePage) async throws -> [UInt64] {
                let answer = try await archive.messages(in: channelID, page: page)
                #expect(answer.isComplete)
                return answer.ids
            }
            #expect(try await ids(MessagePage(limit: 2)) == [50_009, 50_008])
            #expect(try await ids(MessagePage(before: Snowflake(50_005), limit: 2)) == [50_004, 50_003])
            #expect(try await ids(MessagePage(after: Snowflake(50_005), limit: 2)) == [50_007, 50_006])
            let between = MessagePage(before: Snowflake(50_008), after: Snowflake(50_003), limit: 2)
            #expect(try await ids(between) == [50_007, 50_006])
            #expect(try await ids(MessagePage(before: Snowflake(0), limit: 2)) == [])
        }
    }

    @Test func historyBeforeTheSessionIsUnknownUntilItIsRead() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(channels: [channel(last: 50_003)])], session: session(1))
            try await archive.apply([.messageCreated(message(50_010))], session: session(2))
            let unknown = try await archive.messages(in: channelID, page: MessagePage(limit: 2))
            #expect(!unknown.isComplete && unknown.ids == [50_010])
            #expect(try await archive.messages(in: channelID, page: MessagePage(limit: 1)).isComplete)

            let ticket = try await archive.beginLearning(channel: channelID, shard: 0)
            // 50_003, the last message that Discord told of, has been deleted meanwhile.
            try await archive.learn(
                [message(50_010), message(50_002)], page: MessagePage(limit: 2), ticket: ticket, now: 9)
            let learned = try await archive.messages(in: channelID, page: MessagePage(limit: 2))
            #expect(learned.isComplete && learned.hasMore && learned.ids == [50_010, 50_002])
            #expect(try await !archive.messages(in: channelID, page: MessagePage(limit: 3)).isComplete)

            try await archive.learn(
                [message(50_001)], page: MessagePage(before: Snowflake(50_002), limit: 2), ticket: ticket, now: 9)
            let whole = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(whole.isComplete && !whole.hasMore && whole.ids == [50_010, 50_002, 50_001])
        }
    }

    @Test func aNewSessionTrustsNothingOld() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(), .messageCreated(message(50_000))], session: session(2))
            try await archive.apply(
                [snapshot(channels: [channel(last: 50_000)])], session: session(1, id: "session-2"))
            let stale = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(!stale.isComplete && stale.ids == [50_000])
            // A page that was asked for in the old session does not help either.
            let ticket = try await archive.beginLearning(channel: channelID, shard: 0)
            try await archive.apply(
                [snapshot(channels: [channel(last: 50_000)])], session: session(1, id: "session-3"))
            try await archive.learn([message(50_000)], page: MessagePage(limit: 50), ticket: ticket, now: 9)
            #expect(try await !archive.messages(in: channelID, page: MessagePage(limit: 50)).isComplete)
        }
    }

    @Test func aPageShowsWhatWasDeletedMeanwhile() async throws {
        try await withArchive { archive in
            try await archive.apply(
                [snapshot()] + (1...4).map { .messageCreated(message(50_000 + $0)) }, session: session(5))
            try await archive.apply(
                [snapshot(channels: [channel(last: 50_004)])], session: session(1, id: "session-2"))
            let ticket = try await archive.beginLearning(channel: channelID, shard: 0)
            // A live message that the answer cannot know yet.
            try await archive.apply([.messageCreated(message(50_009))], session: session(2, id: "session-2"))
            try await archive.learn(
                [message(50_004), message(50_002)], page: MessagePage(limit: 2), ticket: ticket, now: 9)
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 3))
            #expect(page.isComplete && page.ids == [50_009, 50_004, 50_002])
            let all = try await archive.search(
                MessageSearch(query: SearchQuery(""), channels: [channelID], limit: 10))
            #expect(all.ids == [50_009, 50_004, 50_002, 50_001], "what lies below the page is not judged")
        }
    }

    @Test func aResumedSessionGoesOn() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(), .messageCreated(message(50_000))], session: session(2))
            try await archive.apply([.messageCreated(message(50_001))], session: session(3))
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 50))
            #expect(page.isComplete && page.ids == [50_001, 50_000])
        }
    }

    @Test func aHiddenChannelIsNoLongerCovered() async throws {
        try await withArchive { archive in
            try await archive.apply([snapshot(), .messageCreated(message(50_000))], session: session(2))
            try await archive.apply([.rightsChanged(guild: guildID)], session: session(3)) { _, channels in
                Set(channels.map(\.id)).subtracting([channelID])
            }
            #expect(try await !archive.messages(in: channelID, page: MessagePage(limit: 1)).isComplete)
            try await archive.apply([.messageCreated(message(50_009))], session: session(4))
            let page = try await archive.messages(in: channelID, page: MessagePage(limit: 2))
            #expect(!page.isComplete, "messages between the two may be missing")
            #expect(try await archive.messages(in: channelID, page: MessagePage(limit: 1)).isComplete)
        }
    }
}

extension ArchivedPage {
    fileprivate static func complete(_ messages: [MessageRecord]) -> ArchivedPage {
        ArchivedPage(messages: messages, isComplete: true, hasMore: false)
    }
}
