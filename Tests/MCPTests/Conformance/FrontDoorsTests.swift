import MCP
import NIOHTTP1
import Testing

@testable import MCPConformance

/// Two servers that share their state, as front doors do: any of them serves any request.
@Suite(.timeLimit(.minutes(2))) struct FrontDoorsTests {
    private func with(_ test: (Wire, Wire) async throws -> Void) async throws {
        let state = ConformanceServer.makeState()
        try await Wire.with(state: state) { first in
            try await Wire.with(state: state) { second in try await test(first, second) }
        }
    }

    /// The same session, through the other door.
    private func moved(_ session: LegacySession, to wire: Wire) -> LegacySession {
        LegacySession(wire: wire, id: session.id, version: session.version, initialized: session.initialized)
    }

    @Test func answersReachTheDoorThatAsked() async throws {
        try await with { first, second in
            let session = try await first.session()
            let other = moved(session, to: second)
            #expect(try await other.request("ping").result == .object([:]))
            let body =
                #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"test_sampling","arguments":{"prompt":"?"}}}"#
            try await first.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                let id = try #require(try await stream.next()?.json?["id"])
                _ = try await other.reply(
                    to: id, #"{"role":"assistant","content":{"type":"text","text":"from afar"},"model":"m"}"#)
                let text = try await stream.next()?.json?["result"]?["content"]?.array?.first?["text"]?.string
                #expect(text == "LLM response: from afar")
            }
        }
    }

    @Test func cancellationsReachTheDoorThatWorks() async throws {
        try await with { first, second in
            let session = try await first.session()
            let body =
                #"{"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"test_wait","arguments":{"seconds":60},"_meta":{"progressToken":1}}}"#
            try await first.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                _ = try await stream.next()
                let accepted = try await second.send(
                    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"c"}}"#,
                    headers: session.headers)
                #expect(accepted.status == 202)
                #expect(try await stream.next() == nil)
            }
        }
    }

    @Test func streamsAreResumedAtTheOtherDoor() async throws {
        try await with { first, second in
            let session = try await first.session()
            let body =
                #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"test_wait","arguments":{"seconds":0.2},"_meta":{"progressToken":1}}}"#
            let last = try await first.open(body, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                return try #require(try await stream.next()?.id)
            }
            let resumed = try await second.send(nil, method: .GET, headers: session.headers + [("last-event-id", last)])
            #expect(resumed.text == "waited")
        }
    }

    @Test func subscriptionsReachTheSessionsStream() async throws {
        try await with { first, second in
            let session = try await first.session()
            try await first.open(nil, method: .GET, headers: session.headers) { stream in
                var stream = stream
                _ = try await stream.next()
                let other = moved(session, to: second)
                _ = try await other.request("resources/subscribe", #"{"uri":"test://watched-resource"}"#)
                // A later change of the session's tells that the letter before it has arrived.
                while true {
                    _ = try await session.call("test_trigger_resource_update", #"{"uri":"test://watched-resource"}"#)
                    _ = try await session.call("test_trigger_tool_change")
                    if try await stream.next()?.json?["method"]?.string == "notifications/resources/updated" { break }
                }
                _ = try await second.send(nil, method: .DELETE, headers: session.headers)
                // The rest of what was told, then the end.
                while try await stream.next() != nil {}
            }
            #expect(try await session.request("ping").status == 404)
        }
    }

    @Test func answersForAChangeCountOnceAtAllDoors() async throws {
        try await with { first, second in
            let tool = "test_input_required_result_request_state"
            let asked = try await first.call(tool, capabilities: Wire.withoutTasks)
            let state = try #require(asked.result?["requestState"]?.string)
            let sealed =
                #""inputResponses":{"confirm":{"action":"accept","content":{"ok":true}}},"requestState":"\#(state)""#
            let taken = try await second.call(tool, more: sealed, capabilities: Wire.withoutTasks)
            #expect(taken.text == "state-ok: true")
            #expect(try await first.call(tool, more: sealed, capabilities: Wire.withoutTasks).code == -32602)
        }
    }

    @Test func tasksAreServedAtTheOtherDoor() async throws {
        try await with { first, second in
            func task(_ method: String, _ id: String, _ more: String = "") async throws -> JSONValue? {
                try await second.modern(
                    method, #""taskId":"\#(id)"\#(more)"#, name: id, capabilities: Wire.everything
                ).result
            }
            func begin(_ tool: String, _ arguments: String) async throws -> String {
                let created = try await first.call(tool, arguments, capabilities: Wire.everything)
                return try #require(created.result?["taskId"]?.string)
            }
            let asking = try await begin("confirm_delete", "{}")
            while try await task("tasks/get", asking)?["status"]?.string != "input_required" {}
            _ = try await task(
                "tasks/update", asking, #","inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}}}"#
            )
            while try await task("tasks/get", asking)?["status"]?.string != "completed" {}
            let slow = try await begin("slow_compute", #"{"seconds":60}"#)
            _ = try await task("tasks/cancel", slow)
            #expect(try await task("tasks/get", slow)?["status"]?.string == "cancelled")
        }
    }
}
