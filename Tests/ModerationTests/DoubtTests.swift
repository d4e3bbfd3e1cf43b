import Contracts
import Discord
import TestSupport
import Testing

@testable import Moderation

@Suite(.timeLimit(.minutes(1))) struct DoubtTests {
    private static let day: Int64 = 24 * 3600 * 1000

    private func withDoubt(_ body: (Fixture) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture(directory: directory)
            await fixture.discord.setTrouble(.losesAnswer)
            await fixture.discord.setUnreadable(true)
            let answer = await fixture.service.perform(World.request(World.moderate(.kickUser)))
            #expect(answer.reply.error.code == .inDoubt)
            #expect(answer.reply.error.hint.contains("look at member 302"))
            try await body(fixture)
        }
    }

    @Test func looksGetRarerAndEnd() async throws {
        try await withDoubt { fixture in
            var looks: [Int64] = []
            var last = await fixture.discord.looks
            for age in stride(from: Int64(0), to: 15_000_000, by: 15_000) {
                let inDoubt = try await fixture.service(at: World.now + age).settleOpenCommands()
                #expect(inDoubt == 1)
                let count = await fixture.discord.looks
                if count > last { looks.append(age / 1000) }
                last = count
            }
            #expect(looks == [0, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7440, 11_040, 14_640])
            #expect(await fixture.journal.outcomes == ["in_doubt"])

            // The last look, its record, and then the command is forgotten like every other.
            let inDoubtAtTheEnd = try await fixture.service(at: World.now + Self.day + 1).settleOpenCommands()
            #expect(inDoubtAtTheEnd == 0)
            #expect(await fixture.discord.looks == last + 1)
            #expect(await fixture.journal.outcomes == ["in_doubt", "in_doubt"])
            #expect(try await fixture.ledger.entry(World.id(1)) == nil)
            #expect(await fixture.discord.state.changes == ["kick"])
        }
    }

    @Test func unresolvedCommandStaysUntilItsOutcomeIsRecorded() async throws {
        try await withDoubt { fixture in
            await fixture.journal.setAway(true)
            let end = fixture.service(at: World.now + Self.day + 1)
            #expect(try await end.settleOpenCommands() == 0)
            #expect(try await fixture.ledger.entry(World.id(1))?.state == .unresolved)
            let looks = await fixture.discord.looks
            await fixture.journal.setAway(false)
            try await end.settleOpenCommands()
            #expect(await fixture.discord.looks == looks)
            #expect(await fixture.journal.outcomes == ["in_doubt", "in_doubt"])
            #expect(try await fixture.ledger.entry(World.id(1)) == nil)
        }
    }

    @Test func callerWhoAsksIsNotPutOff() async throws {
        try await withDoubt { fixture in
            try await fixture.service.settleOpenCommands()
            await fixture.discord.setUnreadable(false)
            #expect(try await fixture.service.settleOpenCommands() == 1)
            let answer = await fixture.service.perform(World.request(World.moderate(.kickUser)))
            #expect(answer.reply.answer.source == "executor")
        }
    }

    private func message(_ id: Int, author: UInt64 = World.bot, content: String, nonce: String? = nil) throws -> Message
    {
        let nonce = nonce.map { ", \"nonce\": \"\($0)\"" } ?? ""
        let json = """
            {"id": "\(id)", "channel_id": "200", "content": "\(content)",
             "author": {"id": "\(author)", "username": "x"}, "embeds": [{"type": "rich", "title": "t"}]\(nonce)}
            """
        return try DiscordJSON.decode(Message.self, from: json.utf8)
    }

    private func search(_ content: String) -> PostSearch {
        PostSearch(bot: Snowflake(World.bot), tag: CommandTag(World.id(1)), content: ContentFingerprint(content))
    }

    @Test func embedAloneIsKnownByItsNonceOnly() throws {
        var search = search("")
        #expect(search.find(in: [try message(1, author: World.member, content: "")]) == nil)
        #expect(search.find(in: [try message(2, content: "text"), try message(3, content: "", nonce: "other")]) == nil)
        #expect(!search.hasCandidate)
        #expect(search.find(in: [try message(4, content: "")]) == nil)
        #expect(search.hasCandidate)
        let tagged = try message(5, content: "", nonce: CommandTag(World.id(1)).text)
        #expect(search.find(in: [try message(4, content: ""), tagged])?.id == Snowflake(5))
    }

    @Test func contentIsKnownWithoutItsNonce() throws {
        var search = search("hi")
        #expect(search.find(in: [try message(1, content: "ho"), try message(2, content: "hi")])?.id == Snowflake(2))
        #expect(!search.hasCandidate)
    }
}
