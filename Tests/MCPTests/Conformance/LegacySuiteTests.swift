import MCP
import NIOHTTP1
import Testing

/// The scenarios of 2025-11-25 that are not in ``OfferTests``, and the legacy rules that no suite checks.
@Suite(.timeLimit(.minutes(2))) struct LegacySuiteTests {
    private static let watched = #"{"uri":"test://watched-resource"}"#

    @Test func initializes() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            #expect(session.initialized["protocolVersion"]?.string == "2025-11-25")
            #expect(session.initialized["serverInfo"]?["name"]?.string == "mcp-conformance-server")
            #expect(session.initialized["capabilities"]?["logging"] != nil)
            #expect(session.initialized["capabilities"]?["extensions"] == nil)
            #expect(session.id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            #expect(try await session.request("ping").result == .object([:]))
            #expect(try await session.request("logging/setLevel", #"{"level":"info"}"#).result == .object([:]))
            #expect(try await session.request("logging/setLevel", #"{"level":"loud"}"#).code == -32602)
        }
    }

    @Test func logsByTheSessionsLevel() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let logged = try await session.call("test_tool_with_logging")
            #expect(
                logged.messages.compactMap { $0["method"]?.string }
                    == Array(repeating: "notifications/message", count: 3))
            _ = try await session.request("logging/setLevel", #"{"level":"error"}"#)
            #expect(try await session.call("test_tool_with_logging").messages.count == 1)
        }
    }

    @Test(arguments: ["2025-11-25", "2025-06-18", "2025-03-26"])
    func progress(_ version: String) async throws {
        try await Wire.with { wire in
            let answer = try await wire.session(version).call(
                "test_tool_with_progress", meta: #"{"progressToken":"p"}"#)
            #expect(answer.messages.count == 4)
            #expect(answer.message?["id"]?.integer == 1)
            let ids = answer.events.compactMap(\.id)
            #expect(Set(ids).count == ids.count && ids.count == answer.events.count)
            // The event without a message is known to the newest revision alone.
            #expect(answer.events.first?.data.isEmpty == (version == "2025-11-25"))
            #expect((answer.events.first?.retry != nil) == (version == "2025-11-25"))
        }
    }

    @Test func sampling() async throws {
        try await Wire.with { wire in
            let (questions, last) = try await wire.session().call("test_sampling", #"{"prompt":"Say it"}"#) {
                question in
                #expect(question["method"]?.string == "sampling/createMessage")
                #expect(question["params"]?["maxTokens"]?.integer == 100)
                return #"{"role":"assistant","content":{"type":"text","text":"It"},"model":"m"}"#
            }
            #expect(questions.count == 1)
            #expect(last?["result"]?["content"]?.array?.first?["text"]?.string == "LLM response: It")
        }
    }

    @Test(arguments: ["test_elicitation", "test_elicitation_sep1034_defaults", "test_elicitation_sep1330_enums"])
    func elicitation(_ tool: String) async throws {
        try await Wire.with { wire in
            let (questions, last) = try await wire.session().call(tool, #"{"message":"Well?"}"#) { question in
                #expect(question["method"]?.string == "elicitation/create")
                #expect(question["params"]?["mode"]?.string == "form")
                return tool == "test_elicitation"
                    ? #"{"action":"accept","content":{"username":"yes","email":"a@b.test"}}"#
                    : #"{"action":"accept","content":{}}"#
            }
            let properties = try #require(questions.first?["params"]?["requestedSchema"]?["properties"])
            switch tool {
            case "test_elicitation_sep1034_defaults":
                #expect(properties["name"]?["default"]?.string == "John Doe")
                #expect(properties["age"]?["default"]?.integer == 30)
                #expect(properties["score"]?["default"]?.number?.text == "95.5")
                #expect(properties["status"]?["default"]?.string == "active")
                #expect(properties["verified"]?["default"]?.bool == true)
            case "test_elicitation_sep1330_enums":
                #expect(properties["untitledSingle"]?["enum"]?.array?.count == 3)
                #expect(properties["titledSingle"]?["oneOf"]?.array?.first?["title"]?.string == "First Option")
                #expect(properties["legacyEnum"]?["enumNames"]?.array?.count == 3)
                #expect(properties["untitledMulti"]?["items"]?["enum"]?.array?.count == 3)
                #expect(properties["titledMulti"]?["items"]?["anyOf"]?.array?.count == 3)
            default: #expect(properties["username"]?["type"]?.string == "string")
            }
            let text = last?["result"]?["content"]?.array?.first?["text"]?.string
            #expect(text?.hasPrefix("Elicitation completed: action=accept") == true)
        }
    }

    @Test func questionsByRevision() async throws {
        try await Wire.with { wire in
            let june = try await wire.session("2025-06-18", capabilities: #"{"elicitation":{}}"#)
            let (questions, _) = try await june.call("test_elicitation", #"{"message":"?"}"#) { _ in
                #"{"action":"decline"}"#
            }
            #expect(questions.first?["params"]?["mode"] == nil)
            let november = try await wire.session(capabilities: #"{"elicitation":{"url":{}}}"#)
            let (pages, last) = try await november.call("test_elicitation_url") { _ in #"{"action":"accept"}"# }
            #expect(pages.first?["params"]?["mode"]?.string == "url")
            #expect(pages.first?["params"]?["elicitationId"]?.string != nil)
            #expect(last?["result"] != nil)
            let mute = try await wire.session(capabilities: "{}")
            #expect(try await mute.call("test_elicitation", #"{"message":"?"}"#).code == -32021)
            let malformed = try await june.call("test_elicitation", #"{"message":"?"}"#) { _ in #"{"action":"maybe"}"# }
            #expect(malformed.last?["error"]?["code"]?.integer == -32602)
        }
    }

    @Test func strangersAnswersCountForNothing() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let stranger = try await wire.session()
            let (_, last) = try await session.call("test_elicitation", #"{"message":"?"}"#) { _ in
                #"{"action":"accept","content":{"username":"mine","email":"a@b.test"}}"#
            }
            #expect(last?["result"]?["content"]?.array?.first?["text"]?.string?.contains("mine") == true)
            let body =
                #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"test_elicitation","arguments":{"message":"?"}}}"#
            try await wire.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                let id = try #require(try await stream.next()?.json?["id"])
                let forged = try await stranger.reply(
                    to: id, #"{"action":"accept","content":{"username":"theirs","email":"a@b.test"}}"#)
                #expect(forged.status == 202)
                _ = try await session.reply(
                    to: id, #"{"action":"accept","content":{"username":"mine","email":"a@b.test"}}"#)
                let text = try await stream.next()?.json?["result"]?["content"]?.array?.first?["text"]?.string
                #expect(text?.contains("mine") == true)
            }
        }
    }

    @Test func lifecycle() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            #expect(try await wire.send(nil, method: .DELETE, headers: session.headers).status == 200)
            #expect(try await session.request("ping").status == 404)
            #expect(try await wire.send(nil, method: .GET, headers: session.headers).status == 404)
            let none = session.headers.filter { $0.0 != "mcp-session-id" }
            #expect(try await wire.send(nil, method: .GET, headers: none).status == 400)
            #expect(try await wire.send(nil, method: .DELETE, headers: none).status == 400)
        }
    }

    @Test func sessionStreamTellsOfChanges() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            #expect(try await session.request("resources/subscribe", #"{"uri":"test://nowhere"}"#).code == -32002)
            #expect(try await session.request("resources/subscribe", Self.watched).result == .object([:]))
            try await wire.open(nil, method: .GET, headers: session.headers) { stream in
                var stream = stream
                #expect(stream.status == 200)
                #expect(try await stream.next()?.data.isEmpty == true)
                _ = try await session.call("test_trigger_resource_update", Self.watched)
                let update = try #require(try await stream.next()?.json)
                #expect(update["method"]?.string == "notifications/resources/updated")
                #expect(update["params"]?["uri"]?.string == "test://watched-resource")
                #expect(update["params"]?["_meta"] == nil)
                _ = try await session.request("resources/unsubscribe", Self.watched)
                _ = try await session.call("test_trigger_resource_update", Self.watched)
                _ = try await session.call("test_trigger_tool_change")
                #expect(try await stream.next()?.json?["method"]?.string == "notifications/tools/list_changed")
                // A further stream takes the place of this one.
                try await wire.open(nil, method: .GET, headers: session.headers) { further in
                    var further = further
                    _ = try await further.next()
                    #expect(try await stream.next() == nil)
                    _ = try await session.call("test_trigger_prompt_change")
                    #expect(try await further.next()?.json?["method"]?.string == "notifications/prompts/list_changed")
                }
            }
        }
    }

    @Test func polling() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let first = try await session.call("test_reconnection")
            #expect(first.isStream && first.messages.isEmpty)
            let priming = try #require(first.events.first)
            #expect(priming.retry == 1000)
            let last = try #require(priming.id)
            let resumed = try await wire.send(
                nil, method: .GET, headers: session.headers + [("last-event-id", last)])
            #expect(resumed.message?["id"]?.integer == 1)
            #expect(resumed.text == "Reconnection test completed successfully.")
            // What came before the event is not told again, and nobody else may read it.
            let after = try #require(resumed.events.last?.id)
            let nothing = try await wire.send(nil, method: .GET, headers: session.headers + [("last-event-id", after)])
            #expect(nothing.status == 200 && nothing.messages.isEmpty)
            let stranger = try await wire.session()
            for (headers, id) in [
                (stranger.headers, last), (session.headers, "unknown-1"), (session.headers, "nonsense"),
            ] {
                let refused = try await wire.send(nil, method: .GET, headers: headers + [("last-event-id", id)])
                #expect([400, 404].contains(refused.status))
            }
        }
    }

    @Test func lostConnectionsAreNoCancellations() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let body =
                #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"test_wait","arguments":{"seconds":0.3},"_meta":{"progressToken":1}}}"#
            let last = try await wire.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                return try #require(try await stream.next()?.id)
            }
            let resumed = try await wire.send(nil, method: .GET, headers: session.headers + [("last-event-id", last)])
            #expect(resumed.text == "waited")
        }
    }

    /// A client that comes back twice has its stream where it came last.
    @Test func theLastOneToResumeGetsTheRest() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let body =
                #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"test_elicitation","arguments":{"message":"?"}}}"#
            let (last, question) = try await wire.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                let event = try #require(try await stream.next())
                return (try #require(event.id), try #require(event.json?["id"]))
            }
            let headers = session.headers + [("last-event-id", last)]
            try await wire.open(nil, method: .GET, headers: headers) { first in
                var first = first
                try await wire.open(nil, method: .GET, headers: headers) { second in
                    var second = second
                    #expect(try await first.next() == nil)
                    _ = try await session.reply(to: question, #"{"action":"decline"}"#)
                    #expect(try await second.next()?.json?["id"]?.integer == 7)
                }
            }
        }
    }

    @Test func onlyTheClientsWordCancels() async throws {
        try await Wire.with { wire in
            let session = try await wire.session()
            let body =
                #"{"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"test_wait","arguments":{"seconds":60},"_meta":{"progressToken":1}}}"#
            try await wire.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                #expect(try await stream.next()?.json?["method"]?.string == "notifications/progress")
                let accepted = try await wire.send(
                    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c"}}"#,
                    headers: session.headers)
                #expect(accepted.status == 202)
                // The stream ends, and has no response.
                #expect(try await stream.next() == nil)
            }
        }
    }
}
