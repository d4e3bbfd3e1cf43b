import Contracts
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTRefusalTests {
    @Test func aRejectedTokenStopsEverything() async throws {
        try await RESTFixture.run([.answer(401, #"{"message": "401: Unauthorized", "code": 0}"#)]) { fixture in
            for _ in 0..<3 {
                let error = await fixture.error { () async throws(DiscordError) in
                    try await fixture.rest.currentUser()
                }
                #expect(error?.kind == .tokenRejected)
            }
            #expect(fixture.server.requests.count == 1)
            #expect(fixture.rest.isTokenRejected)
        }
    }

    @Test func tooManyRefusalsPauseRequests() async throws {
        let refusal = ScriptedHTTPServer.Reply.answer(403, #"{"message": "Missing Permissions", "code": 50013}"#)
        let replies = [refusal, refusal, .answer(200, #"{"id": "1"}"#)]
        try await RESTFixture.run(replies, budget: InvalidRequestBudget(limit: 2)) { fixture in
            for expected in [DiscordError.Kind.refused, .refused, .tooManyRefused] {
                let error = await fixture.error { () async throws(DiscordError) in
                    try await fixture.rest.currentUser()
                }
                #expect(error?.kind == expected)
            }
            try await fixture.time.clock.sleep(.seconds(611))
            _ = try await fixture.rest.currentUser()
            #expect(fixture.server.requests.count == 3)
        }
    }

    @Test func sharedLimitsAreNotOurFault() async throws {
        func limited(_ scope: String) -> ScriptedHTTPServer.Reply {
            .answer(429, #"{"message": "slow", "retry_after": 0.1}"#, headers: ["X-RateLimit-Scope": scope])
        }
        let user = ScriptedHTTPServer.Reply.answer(200, #"{"id": "1"}"#)
        try await RESTFixture.run([limited("shared"), user], budget: InvalidRequestBudget(limit: 1)) { fixture in
            _ = try await fixture.rest.currentUser()
        }
        try await RESTFixture.run([limited("user"), user], budget: InvalidRequestBudget(limit: 1)) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in try await fixture.rest.currentUser() }
            #expect(error?.kind == .tooManyRefused)
        }
    }

    @Test func formErrorsBecomeShortLines() async throws {
        let body = #"""
            {"code": 50035, "message": "Invalid Form Body", "errors": {
              "embeds": {"0": {"title": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Too long."}]}}},
              "content": {"_errors": [{"code": "BASE_TYPE_BAD", "message": "Bad."}]},
              "_errors": [{"code": "WHOLE", "message": "All of it."}]}}
            """#
        try await RESTFixture.run([.answer(400, body)]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "geheim"), in: Snowflake(7))
            }
            #expect(
                error?.formErrors == [
                    "WHOLE All of it.", "content: BASE_TYPE_BAD Bad.",
                    "embeds.0.title: BASE_TYPE_MAX_LENGTH Too long.",
                ])
            #expect(error?.code == 50035)
            #expect(error?.status == 400)
            let text = try #require(error.map { "\($0) \(String(reflecting: $0)) \($0.wireError)" })
            for secret in ["secret-part", "geheim", "127.0.0.1"] { #expect(!text.contains(secret)) }
        }
    }

    @Test(arguments: [
        (403, 50013, WireErrorCode.missingPermission), (403, 50001, .missingPermission), (404, 10003, .notFound),
        (404, 10007, .notFound), (404, 0, .notFound), (400, 50034, .invalidArgument), (400, 50035, .invalidArgument),
        (403, 60003, .missingPermission), (400, 99999, .discordRefused),
    ])
    func refusalsMapToWireCodes(status: Int, code: Int, expected: WireErrorCode) {
        let error = DiscordError(
            kind: .refused, route: "GET /x", message: "m", status: status, code: code == 0 ? nil : code)
        #expect(error.wireError.code == expected)
        #expect(!error.wireError.hint.isEmpty)
        #expect(error.wireError.details["discord_status"] == String(status))
    }

    @Test func notBannedIsNotAnError() async throws {
        let replies: [ScriptedHTTPServer.Reply] = [
            .answer(404, #"{"message": "Unknown Ban", "code": 10026}"#),
            .answer(200, #"{"reason": "r", "user": {"id": "9"}}"#),
        ]
        try await RESTFixture.run(replies) { fixture in
            let none = try await fixture.rest.currentBan(of: Snowflake(9), from: Snowflake(3))
            let one = try await fixture.rest.currentBan(of: Snowflake(9), from: Snowflake(3))
            #expect(none == nil)
            #expect(one?.reason == "r")
        }
    }

    @Test func anUnreadableAnswerToAChangeMayHaveHappened() async throws {
        try await RESTFixture.run([.answer(200, "<html>")]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
            }
            #expect(error?.kind == .unreadable)
            #expect(error?.mayHaveHappened == true)
        }
    }
}
