import Contracts
import NIOHTTP1
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTRequestTests {
    @Test func postCarriesTokenAgentNonceAndPingsNobody() async throws {
        try await RESTFixture.run([.answer(200, #"{"id": "5", "channel_id": "7", "content": "hi"}"#)]) { fixture in
            var message = CreateMessage(content: "hi", nonce: "n-1")
            message.embeds = [.object(["title": .string("T"), "color": .integer(255)])]
            let posted = try await fixture.rest.createMessage(message, in: Snowflake(7))
            #expect(posted.id == Snowflake(5))
            let request = try #require(fixture.server.requests.first)
            #expect(request.method == "POST")
            #expect(request.uri == "/api/v10/channels/7/messages")
            #expect(request.headers.first(name: "Authorization") == "Bot \(testToken)")
            #expect(request.headers.first(name: "User-Agent") == "DiscordBot (https://example.org/bot, 1.2.3)")
            #expect(request.headers.first(name: "Content-Type") == "application/json")
            let expected =
                #"{"allowed_mentions":{"parse":[]},"content":"hi","#
                + #""embeds":[{"color":255,"title":"T"}],"enforce_nonce":true,"nonce":"n-1"}"#
            #expect(request.body == expected)
        }
    }

    @Test func banCarriesSecondsAndEncodedReason() async throws {
        try await RESTFixture.run([.answer(204)]) { fixture in
            try await fixture.rest.ban(
                Snowflake(9), from: Snowflake(3), deleteMessageSeconds: 3600, reason: AuditLogReason("späm & co"))
            let request = try #require(fixture.server.requests.first)
            #expect(request.method == "PUT")
            #expect(request.uri == "/api/v10/guilds/3/bans/9")
            #expect(request.body == #"{"delete_message_seconds":3600}"#)
            #expect(request.headers.first(name: "X-Audit-Log-Reason") == "sp%C3%A4m%20%26%20co")
        }
    }

    @Test func timeOutSendsATimeAndNullEndsIt() async throws {
        try await RESTFixture.run([.answer(200, "{}"), .answer(204)]) { fixture in
            let end = Timestamp(unixMilliseconds: 1_767_225_600_123)
            try await fixture.rest.timeOut(Snowflake(9), of: Snowflake(3), until: end)
            try await fixture.rest.timeOut(Snowflake(9), of: Snowflake(3), until: nil)
            #expect(fixture.server.requests.map(\.method) == ["PATCH", "PATCH"])
            #expect(
                fixture.server.requests.map(\.body) == [
                    #"{"communication_disabled_until":"2026-01-01T00:00:00.123Z"}"#,
                    #"{"communication_disabled_until":null}"#,
                ])
        }
    }

    @Test func readsQueryAndUnknownFields() async throws {
        let page = #"[{"id": "2", "channel_id": "1", "type": 999, "new_field": {"a": [1]}}]"#
        try await RESTFixture.run([.answer(200, page)]) { fixture in
            let messages = try await fixture.rest.messages(in: Snowflake(1), .before(Snowflake(50)), limit: 10)
            #expect(messages.first?.type == MessageType(rawValue: 999))
            #expect(fixture.server.requests.first?.uri == "/api/v10/channels/1/messages?limit=10&before=50")
        }
    }

    @Test func aRedirectIsNotFollowed() async throws {
        try await RESTFixture.run([.answer(302, headers: ["Location": "http://127.0.0.1:1/"])]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in try await fixture.rest.currentUser() }
            #expect(error?.kind == .refused)
            #expect(fixture.server.requests.count == 1)
        }
    }

    @Test(arguments: [
        ("short", "short"),
        ("  padded", "padded"),
        (String(repeating: "x", count: 600), String(repeating: "x", count: 512)),
        // A family of 7 scalars does not fit behind 508 others: it goes as a whole.
        (String(repeating: "x", count: 508) + "👨‍👩‍👧‍👦y", String(repeating: "x", count: 508)),
    ])
    func reasonIsCutAtACharacter(text: String, expected: String) {
        #expect(AuditLogReason(text)?.text == expected)
    }

    @Test func anEmptyReasonIsNone() {
        #expect(AuditLogReason(" \n ") == nil)
    }

    @Test func theTokenNeverShows() throws {
        let token = try #require(BotToken("  Bot \(testToken)\n"))
        var dumped = ""
        dump(token, to: &dumped)
        let texts = ["\(token)", String(reflecting: token), dumped, "\([token])", "\(Optional(token) as Any)"]
        for text in texts { #expect(!text.contains("secret-part"), "\(text)") }
        #expect(token.secret == testToken)
        #expect(BotToken("Bot ") == nil)
        #expect(BotToken("two words") == nil)
    }
}
