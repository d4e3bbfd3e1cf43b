import Contracts
import NIOHTTP1
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTWebhookTests {
    private let token = WebhookToken("t0ken")

    @Test func anExecutionCarriesNoBotTokenAndIsNotRepeated() async throws {
        let message = #"{"id": "5", "channel_id": "7"}"#
        try await RESTFixture.run([.answer(200, message), .answer(502, "{}")]) { fixture in
            _ = try await fixture.rest.execute(Snowflake(1), token: token, WebhookMessage(content: "hi"))
            let request = try #require(fixture.server.requests.first)
            #expect(request.uri == "/api/v10/webhooks/1/t0ken?wait=true")
            #expect(request.headers.first(name: "Authorization") == nil)
            #expect(request.body == #"{"allowed_mentions":{"parse":[]},"content":"hi"}"#)
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.execute(Snowflake(1), token: token, WebhookMessage(content: "hi"))
            }
            #expect(error?.mayHaveHappened == true)
            #expect(error.map { !"\($0) \(String(reflecting: $0))".contains("t0ken") } == true)
            #expect(fixture.server.requests.count == 2)
        }
    }

    @Test func aWebhookThatIsGoneIsNotAskedAgain() async throws {
        let gone = ScriptedHTTPServer.Reply.answer(404, #"{"message": "Unknown Webhook", "code": 10015}"#)
        try await RESTFixture.run([gone, .answer(200, #"{"id": "2"}"#)]) { fixture in
            for _ in 0..<3 {
                let error = await fixture.error { () async throws(DiscordError) in
                    try await fixture.rest.execute(Snowflake(1), token: token, WebhookMessage(content: "hi"))
                }
                #expect(error?.code == 10015)
            }
            #expect(fixture.server.requests.count == 1)
            _ = try await fixture.rest.webhook(Snowflake(2))
        }
    }

    @Test func aWrongWebhookTokenIsNotTheBotsToken() async throws {
        let wrong = ScriptedHTTPServer.Reply.answer(401, #"{"message": "Invalid Webhook Token", "code": 50027}"#)
        try await RESTFixture.run([wrong, .answer(200, #"{"id": "2"}"#)]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.execute(Snowflake(1), token: token, WebhookMessage(content: "hi"))
            }
            #expect(error?.kind == .refused)
            _ = try await fixture.rest.currentUser()
        }
    }

    @Test func theTokenNeverShows() throws {
        let webhook = try DiscordJSON.decode(
            Webhook.self, from: Array(#"{"id": "1", "token": "t0ken"}"#.utf8))
        var dumped = ""
        dump(webhook, to: &dumped)
        for text in ["\(webhook)", String(reflecting: webhook), dumped] { #expect(!text.contains("t0ken")) }
        #expect(webhook.token?.secret == "t0ken")
    }
}
