import Contracts
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTRetryTests {
    private let message = #"{"id": "5", "channel_id": "7"}"#

    @Test func waitsForTheUserLimitAndTriesAgain() async throws {
        let limited = ScriptedHTTPServer.Reply.answer(
            429, #"{"message": "slow", "retry_after": 2.5, "global": false}"#,
            headers: ["X-RateLimit-Scope": "user", "X-RateLimit-Bucket": "b", "Via": "1.1 google"])
        try await RESTFixture.run([limited, .answer(200, message)]) { fixture in
            _ = try await fixture.rest.message(Snowflake(5), in: Snowflake(7))
            #expect(fixture.server.requests.count == 2)
            #expect(fixture.time.slept >= .seconds(2.5))
            #expect(fixture.time.slept < .seconds(3))
        }
    }

    @Test func aGlobalLimitHoldsEveryRoute() async throws {
        let limited = ScriptedHTTPServer.Reply.answer(
            429, #"{"message": "slow", "retry_after": 4, "global": true}"#,
            headers: ["X-RateLimit-Scope": "global", "X-RateLimit-Global": "true"])
        try await RESTFixture.run([limited, .answer(200, #"{"id": "3"}"#)]) { fixture in
            let soon = fixture.time.now + .seconds(1)
            let first = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.message(Snowflake(5), in: Snowflake(7), deadline: soon)
            }
            #expect(first?.kind == .rateLimited)
            #expect((first?.retryAfter ?? .zero) >= .seconds(4))
            #expect(fixture.time.slept == .zero)
            _ = try await fixture.rest.guild(Snowflake(3))
            #expect(fixture.time.slept >= .seconds(4))
        }
    }

    @Test func anEmptyBucketIsWaitedForWithoutAsking() async throws {
        let spent = [
            "X-RateLimit-Bucket": "b", "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset-After": "3.0",
        ]
        try await RESTFixture.run([
            .answer(200, message, headers: spent), .answer(200, message), .answer(200, message),
        ]) { fixture in
            _ = try await fixture.rest.message(Snowflake(5), in: Snowflake(7))
            _ = try await fixture.rest.message(Snowflake(5), in: Snowflake(8))
            #expect(fixture.time.slept == .zero, "another channel is another bucket")
            _ = try await fixture.rest.message(Snowflake(5), in: Snowflake(7))
            #expect(fixture.time.slept >= .seconds(3))
            #expect(fixture.time.slept < .seconds(3.5))
        }
    }

    @Test func aReadIsRepeatedAfterServerErrorsAndCuts() async throws {
        try await RESTFixture.run([.answer(502, "<html>"), .cut, .answer(200, message)]) { fixture in
            _ = try await fixture.rest.message(Snowflake(5), in: Snowflake(7))
            #expect(fixture.server.requests.count == 3)
        }
    }

    @Test func aPostWithoutNonceIsNotRepeated() async throws {
        try await RESTFixture.run([.answer(503, "{}"), .answer(200, message)]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveHappened == true)
            #expect(error?.wireError.code == .inDoubt)
            #expect(fixture.server.requests.count == 1)
        }
    }

    @Test func aPostWithNonceIsRepeatedWithTheSameNonce() async throws {
        try await RESTFixture.run([.cut, .answer(200, message)]) { fixture in
            let message = CreateMessage(content: "x", nonce: "n")
            _ = try await fixture.rest.createMessage(message, in: Snowflake(7))
            let bodies = fixture.server.requests.map(\.body)
            #expect(bodies.count == 2)
            #expect(Set(bodies).count == 1)
        }
    }

    @Test func anAnswerThatIsCutOffIsNoAnswer() async throws {
        try await RESTFixture.run([.answer(200, #"{"id": "5", "chan"#), .answer(200, message)]) { fixture in
            let posted = try await fixture.rest.createMessage(
                CreateMessage(content: "x", nonce: "n"), in: Snowflake(7))
            #expect(posted.id == Snowflake(5))
            #expect(fixture.server.requests.count == 2)
        }
        try await RESTFixture.run([.answer(200, #"{"id": "5", "chan"#)]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
            }
            #expect(error?.mayHaveHappened == true)
        }
    }

    @Test func aDeleteThatWasAlreadyDoneByTheLostAttemptSucceeds() async throws {
        try await RESTFixture.run([.cut, .answer(404, #"{"code": 10008, "message": "Unknown Message"}"#)]) { fixture in
            try await fixture.rest.deleteMessage(Snowflake(5), in: Snowflake(7))
        }
        try await RESTFixture.run([.answer(404, #"{"code": 10008, "message": "Unknown Message"}"#)]) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.deleteMessage(Snowflake(5), in: Snowflake(7))
            }
            #expect(error?.code == 10008)
            #expect(error?.mayHaveHappened == false)
        }
    }

    @Test func attemptsEnd() async throws {
        let replies = [ScriptedHTTPServer.Reply](repeating: .answer(500, "{}"), count: 9)
        try await RESTFixture.run(replies) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in try await fixture.rest.currentUser() }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveHappened == false, "a read changes nothing")
            #expect(fixture.server.requests.count == 4)
        }
    }

    @Test func anAnswerThatDoesNotComeEndsTheAttempt() async throws {
        try await RESTFixture.run([.silence], attemptTimeout: .milliseconds(50)) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveHappened == true)
        }
    }

    @Test func withoutAConnectionNothingHasHappened() async throws {
        try await RESTFixture.run([]) { fixture in
            try await fixture.server.close()
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
            }
            #expect(error?.kind == .unavailable)
            #expect(error?.mayHaveHappened == false)
            #expect(fixture.time.sleeps.count == 3, "connecting is tried again even without a nonce")
        }
    }

    @Test func aPassedDeadlineSendsNothing() async throws {
        try await RESTFixture.run([.answer(200, message)]) { fixture in
            let past = fixture.time.now - .seconds(1)
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.currentUser(deadline: past)
            }
            #expect(error?.kind == .expired)
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test func cancellingEndsTheCall() async throws {
        try await RESTFixture.run([.silence]) { fixture in
            await withTaskGroup(of: DiscordError?.self) { group in
                group.addTask {
                    await fixture.error { () async throws(DiscordError) in
                        try await fixture.rest.createMessage(CreateMessage(content: "x"), in: Snowflake(7))
                    }
                }
                _ = await fixture.server.arrival()
                group.cancelAll()
                let error = await group.next() ?? nil
                #expect(error?.kind == .cancelled)
                #expect(error?.mayHaveHappened == true)
            }
        }
    }
}
