import MCP
import Testing

/// The scenarios `tasks-*`.
@Suite(.timeLimit(.minutes(2))) struct TasksTests {
    private func get(
        _ wire: Wire, _ id: String, _ method: String = "tasks/get", _ more: String = ""
    ) async throws
        -> Wire.Answer
    {
        try await wire.modern(method, #""taskId":"\#(id)"\#(more)"#, name: id, capabilities: Wire.everything)
    }

    private func begin(_ wire: Wire, _ tool: String, _ arguments: String = "{}") async throws -> String {
        let created = try await wire.call(tool, arguments, capabilities: Wire.everything)
        let result = try #require(created.result)
        #expect(result["resultType"]?.string == "task")
        #expect(result["status"]?.string == "working")
        for time in ["createdAt", "lastUpdatedAt"] {
            #expect(try #require(result[time]?.string).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        }
        #expect(result["ttlMs"]?.integer == 900_000)
        #expect(result["pollIntervalMs"]?.integer != nil)
        for member in ["task", "ttl", "pollInterval", "result", "error", "inputRequests", "requestState", "content"] {
            #expect(result[member] == nil)
        }
        return try #require(result["taskId"]?.string)
    }

    /// Asks for the task again and again until it is so.
    private func task(_ wire: Wire, _ id: String, until isReached: (JSONValue) -> Bool) async throws -> JSONValue {
        while true {
            let answer = try await get(wire, id)
            let result = try #require(answer.result)
            #expect(result["resultType"]?.string == "complete")
            #expect(result["requestState"] == nil)
            if isReached(result) { return result }
            try Task.checkCancellation()
        }
    }

    private static func isFinal(_ task: JSONValue) -> Bool {
        ["completed", "failed", "cancelled"].contains(task["status"]?.string)
    }

    @Test func lifecycle() async throws {
        try await Wire.with { wire in
            let greeting = try await wire.call(
                "greet", #"{"name":"World"}"#, more: #""task":{"ttl":5}"#, capabilities: Wire.everything)
            #expect(greeting.text == "Hello, World!")
            #expect(greeting.result?["resultType"]?.string == "complete" && greeting.result?["taskId"] == nil)

            let id = try await begin(wire, "slow_compute", #"{"seconds":0.05,"label":"x"}"#)
            let done = try await task(wire, id, until: Self.isFinal)
            #expect(done["status"]?.string == "completed")
            #expect(done["result"]?["content"]?.array?.first?["text"]?.string == "computed x")
            #expect(done["error"] == nil)

            let failing = try await task(wire, try await begin(wire, "failing_job"), until: Self.isFinal)
            #expect(failing["status"]?.string == "completed")
            #expect(failing["result"]?["isError"] == .bool(true))

            let broken = try await task(wire, try await begin(wire, "protocol_error_job"), until: Self.isFinal)
            #expect(broken["status"]?.string == "failed")
            #expect(broken["error"]?["code"]?.integer == -32603 && broken["result"] == nil)
        }
    }

    @Test func cancelling() async throws {
        try await Wire.with { wire in
            let id = try await begin(wire, "slow_compute", #"{"seconds":60}"#)
            for _ in 0..<2 {
                let ack = try await get(wire, id, "tasks/cancel")
                #expect(ack.result?.object?.members.map(\.name) == ["resultType", "_meta"])
            }
            #expect(try await task(wire, id, until: Self.isFinal)["status"]?.string == "cancelled")
        }
    }

    @Test func asking() async throws {
        try await Wire.with { wire in
            let id = try await begin(wire, "confirm_delete", #"{"filename":"a.txt"}"#)
            let waiting = try await task(wire, id) { $0["status"]?.string == "input_required" }
            #expect(waiting["inputRequests"]?["confirm"]?["method"]?.string == "elicitation/create")
            let answers =
                #","inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}},"x":{"action":"cancel"}}"#
            let ack = try await get(wire, id, "tasks/update", answers)
            #expect(ack.result?.object?.members.map(\.name) == ["resultType", "_meta"])
            let done = try await task(wire, id, until: Self.isFinal)
            #expect(done["result"]?["content"]?.array?.first?["text"]?.string == "deleted")
        }
    }

    @Test func askingTwiceAtOnce() async throws {
        try await Wire.with { wire in
            let id = try await begin(wire, "multi_input")
            _ = try await task(wire, id) { $0["inputRequests"]?.object?.members.count == 2 }
            _ = try await get(
                wire, id, "tasks/update", #","inputResponses":{"first":{"action":"accept","content":{"name":"A"}}}"#)
            let half = try await task(wire, id) { _ in true }
            #expect(half["status"]?.string == "input_required")
            #expect(half["inputRequests"]?.object?.members.map(\.name) == ["second"])
            _ = try await get(
                wire, id, "tasks/update",
                #","inputResponses":{"second":{"action":"accept","content":{"confirm":true}}}"#)
            let done = try await task(wire, id, until: Self.isFinal)
            #expect(done["result"]?["content"]?.array?.first?["text"]?.string == "2 answers")
        }
    }

    @Test func roundsComeBeforeTheTask() async throws {
        try await Wire.with { wire in
            let first = try await wire.call("test_tool_with_task", capabilities: Wire.everything)
            let state = try #require(first.result?["requestState"]?.string)
            #expect(first.result?["taskId"] == nil)
            let second = try await wire.call(
                "test_tool_with_task",
                more:
                    #""inputResponses":{"user_name":{"action":"accept","content":{"name":"Alice"}}},"requestState":"\#(state)""#,
                capabilities: Wire.everything)
            #expect(second.result?["resultType"]?.string == "task")
            #expect(second.result?["requestState"] == nil && second.result?["inputRequests"] == nil)
            let done = try await task(wire, try #require(second.result?["taskId"]?.string), until: Self.isFinal)
            #expect(done["result"]?["content"]?.array?.first?["text"]?.string == "Hello, Alice!")
        }
    }

    @Test func clientsThatKnowNoTasks() async throws {
        try await Wire.with { wire in
            let waited = try await wire.call("slow_compute", #"{"seconds":0.01,"label":"y"}"#)
            #expect(waited.text == "computed y")
            #expect(waited.result?["resultType"]?.string == "complete")
            let required = try await wire.call("failing_job")
            #expect(required.status == 400 && required.code == -32021)
            #expect(
                required.error?["data"]?["requiredCapabilities"]?["extensions"]?["io.modelcontextprotocol/tasks"] != nil
            )
            for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
                let answer = try await wire.modern(method, #""taskId":"x","inputResponses":{}"#, name: "x")
                #expect(answer.code == -32021)
            }
        }
    }

    @Test func unknownTasksAndHeaders() async throws {
        try await Wire.with { wire in
            for method in ["tasks/get", "tasks/update", "tasks/cancel"] {
                #expect(try await get(wire, "nope", method, #","inputResponses":{}"#).code == -32602)
            }
            let id = try await begin(wire, "slow_compute", #"{"seconds":60}"#)
            let body = Wire.body("tasks/get", #""taskId":"\#(id)""#, capabilities: Wire.everything)
            for name in ["other", nil] {
                #expect(try await wire.send(body, headers: Wire.headers("tasks/get", name: name)).code == -32020)
            }
            // Somebody else's task is as unknown as none.
            let stranger = try await wire.send(
                body, headers: Wire.headers("tasks/get", name: id) + [("authorization", "Bearer eve")])
            #expect(stranger.code == -32602)
            for malformed in ["", #","inputResponses":5"#, #","inputResponses":{"a":5}"#] {
                #expect(try await get(wire, id, "tasks/update", malformed).code == -32602)
            }
            _ = try await get(wire, id, "tasks/cancel")
        }
    }

    @Test func tasksAreBounded() async throws {
        try await Wire.with({ $0.tasks = TaskLimits(inAll: 8, perCaller: 2) }) { wire in
            var ids: [String] = []
            for _ in 0..<2 { ids.append(try await begin(wire, "slow_compute", #"{"seconds":60}"#)) }
            let refused = try await wire.call("slow_compute", capabilities: Wire.everything)
            #expect(refused.status == 429 && refused.header("retry-after") != nil)
            for id in ids { _ = try await get(wire, id, "tasks/cancel") }
            // Their places are free when they have ended.
            while try await wire.call("slow_compute", #"{"seconds":0}"#, capabilities: Wire.everything).status != 200 {}
        }
    }

    @Test func changesAreTold() async throws {
        try await Wire.with { wire in
            let id = try await begin(wire, "confirm_delete", "{}")
            _ = try await task(wire, id) { $0["status"]?.string == "input_required" }
            try await wire.listen(#"{"taskIds":["\#(id)","unknown"]}"#, capabilities: Wire.everything) { stream in
                var stream = stream
                let ack = try #require(try await stream.next()?.json)
                #expect(ack["params"]?["notifications"]?["taskIds"]?.array == [.string(id)])
                _ = try await get(
                    wire, id, "tasks/update", #","inputResponses":{"confirm":{"action":"decline"}}"#)
                while let event = try await stream.next() {
                    #expect(event.json?["method"]?.string == "notifications/tasks")
                    #expect(event.json?["params"]?["taskId"]?.string == id)
                    if event.json?["params"]?["status"]?.string == "completed" { break }
                }
            }
        }
    }
}
