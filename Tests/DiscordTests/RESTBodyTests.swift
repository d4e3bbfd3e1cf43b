import Contracts
import NIOHTTP1
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTBodyTests {
    @Test func filesComeAsMultipart() async throws {
        try await RESTFixture.run([.answer(200, #"{"id": "5", "channel_id": "7"}"#)]) { fixture in
            var message = CreateMessage(content: "see", nonce: "n")
            message.files = [
                FileUpload(name: "a\"b\r\n.txt", contentType: "text/plain", bytes: Array("hello".utf8)),
                FileUpload(name: "ü.bin", bytes: [0x31, 0x32], description: "two"),
            ]
            _ = try await fixture.rest.createMessage(message, in: Snowflake(7))
            let request = try #require(fixture.server.requests.first)
            let type = try #require(request.headers.first(name: "Content-Type"))
            let boundary = try #require(type.split(separator: "boundary=").last)
            #expect(type.hasPrefix("multipart/form-data; boundary="))
            let json =
                #"{"allowed_mentions":{"parse":[]},"attachments":[{"filename":"a\"b\r\n.txt","id":"0"},"#
                + #"{"description":"two","filename":"ü.bin","id":"1"}],"content":"see","enforce_nonce":true,"#
                + #""nonce":"n"}"#
            let parts = [
                "Content-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n\(json)",
                "Content-Disposition: form-data; name=\"files[0]\"; filename=\"a%22b%0D%0A.txt\"\r\n"
                    + "Content-Type: text/plain\r\n\r\nhello",
                "Content-Disposition: form-data; name=\"files[1]\"; filename=\"ü.bin\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n12",
            ]
            #expect(
                request.body == parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n")
        }
    }

    @Test func limitsAreCheckedBeforeAnythingIsSent() async throws {
        try await RESTFixture.run([]) { fixture in
            let long = String(repeating: "x", count: 2001)
            var poll = CreateMessage()
            poll.poll = CreatePoll(question: "", answers: [], hours: 769)
            var mentions = CreateMessage(content: "x")
            mentions.allowedMentions = .init(parse: ["users"], users: [Snowflake(1)])
            let embed = JSONValue.object(["description": .string(String(repeating: "x", count: 4000))])
            for (message, expected) in [
                (CreateMessage(content: long), ["content: has 2001 characters, 0 to 2000 are allowed"]),
                (CreateMessage(), ["content: a message needs content, embeds, components, stickers, a poll or files"]),
                (CreateMessage(embeds: [embed, embed]), ["embeds: have 8000 characters in all, 6000 are allowed"]),
                (
                    poll,
                    [
                        "poll.question: has 0 characters, 1 to 300 are allowed",
                        "poll.answers: has 0 entries, 1 to 10 are allowed",
                        "poll.duration: is 769, 1 to 768 is allowed",
                    ]
                ),
                (mentions, ["allowed_mentions.users: excludes users in parse"]),
            ] {
                let error = await fixture.error { () async throws(DiscordError) in
                    try await fixture.rest.createMessage(message, in: Snowflake(7))
                }
                #expect(error?.formErrors == expected)
                #expect(error?.wireError.code == .invalidArgument)
                #expect(error?.mayHaveHappened == false)
            }
            let twice = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.deleteMessages([Snowflake(1), Snowflake(1)], in: Snowflake(7))
            }
            #expect(twice?.formErrors == ["messages: hold an id twice"])
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test func changesLeaveOutClearAndSet() async throws {
        try await RESTFixture.run([.answer(200, #"{"id": "7"}"#), .answer(204)]) { fixture in
            var change = ModifyChannel()
            change.topic = .clear
            change.parentID = .set(Snowflake(9))
            change.rateLimitPerUser = 5
            _ = try await fixture.rest.modifyChannel(Snowflake(7), change, reason: AuditLogReason("r"))
            try await fixture.rest.setIncidentActions(
                IncidentActions(invitesDisabledUntil: .clear), of: Snowflake(3))
            #expect(
                fixture.server.requests.map(\.body) == [
                    #"{"parent_id":"9","rate_limit_per_user":5,"topic":null}"#, #"{"invites_disabled_until":null}"#,
                ])
            #expect(fixture.server.requests[0].headers.first(name: "X-Audit-Log-Reason") == "r")
        }
    }

    @Test func aSearchRepeatsItsListsAndTellsThatTheIndexIsNotReady() async throws {
        let page = #"{"total_results": 1, "messages": [[{"id": "5", "channel_id": "7", "content": "x"}]]}"#
        let replies: [ScriptedHTTPServer.Reply] = [
            .answer(202, #"{"code": 110000, "message": "not yet", "retry_after": 3}"#), .answer(200, page),
        ]
        try await RESTFixture.run(replies) { fixture in
            var search = MessageSearch(content: "a b")
            search.channels = [Snowflake(7), Snowflake(8)]
            search.has = ["link", "-image"]
            guard case .indexing(let pause) = try await fixture.rest.search(search, in: Snowflake(3)) else {
                Issue.record("an index that is not ready is no result")
                return
            }
            #expect(pause == .seconds(3))
            guard case .found(let found) = try await fixture.rest.search(search, in: Snowflake(3)) else {
                Issue.record("no page")
                return
            }
            #expect(found.hits.map(\.id) == [Snowflake(5)])
            #expect(
                fixture.server.requests.last?.uri
                    == "/api/v10/guilds/3/messages/search?limit=25&content=a%20b&channel_id=7&channel_id=8&has=link"
                    + "&has=-image")
        }
    }

    @Test func aReasonGoesOnlyWhereItIsDocumented() {
        var request = RESTRequest(Route.getChannel.at(Snowflake(1)))
        #expect(request.reason == nil)
        request.reason = AuditLogReason("r")
        #expect(request.reason == nil, "the route takes none")
        request = RESTRequest(Route.deleteChannel.at(Snowflake(1)))
        request.reason = AuditLogReason("r")
        #expect(request.reason?.text == "r")
    }
}
