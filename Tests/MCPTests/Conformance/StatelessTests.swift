import MCP
import Testing

/// The scenario `server-stateless` and the required ones on tools, resources, prompts and caching, of 2026-07-28.
@Suite(.timeLimit(.minutes(2))) struct StatelessTests {
    private static let version = #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#
    private static let capabilities = #""io.modelcontextprotocol/clientCapabilities":{}"#

    @Test(arguments: ["", #""_meta":{\#(capabilities)}"#, #""_meta":{\#(version)}"#])
    func missingMeta(_ params: String) async throws {
        try await Wire.with { wire in
            let body = #"{"jsonrpc":"2.0","id":101,"method":"server/discover","params":{\#(params)}}"#
            let answer = try await wire.send(body, headers: Wire.headers("server/discover"))
            #expect(answer.status == 400)
            #expect(answer.code == -32602)
            #expect(answer.message?["id"]?.integer == 101)
        }
    }

    @Test func discovers() async throws {
        try await Wire.with { wire in
            let body =
                #"{"jsonrpc":"2.0","id":5,"method":"server/discover","params":{"_meta":{\#(Self.version),\#(Self.capabilities)}}}"#
            let answer = try await wire.send(body, headers: Wire.headers("server/discover"))
            #expect(answer.status == 200)
            let result = try #require(answer.result)
            #expect(result["supportedVersions"]?.array == [.string("2026-07-28")])
            #expect(result["resultType"]?.string == "complete")
            #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"]?.string == "mcp-conformance-server")
            let capabilities = try #require(result["capabilities"])
            for (name, members) in [
                ("tools", ["listChanged"]), ("prompts", ["listChanged"]), ("resources", ["listChanged", "subscribe"]),
            ] {
                for member in members { #expect(capabilities[name]?[member] == .bool(true)) }
            }
            #expect(capabilities["completions"] != nil)
            #expect(capabilities["extensions"]?["io.modelcontextprotocol/tasks"] != nil)
            #expect(capabilities["tasks"] == nil)
        }
    }

    @Test func versions() async throws {
        try await Wire.with { wire in
            let unknown = Wire.body("server/discover").replacing("2026-07-28", with: "v999.0.0")
            let refused = try await wire.send(unknown, headers: Wire.headers("server/discover", version: "v999.0.0"))
            #expect(refused.status == 400)
            #expect(refused.code == -32022)
            #expect(refused.error?["data"]?["supported"]?.array == [.string("2026-07-28")])
            #expect(refused.error?["data"]?["requested"]?.string == "v999.0.0")
            let different = try await wire.send(unknown, headers: Wire.headers("server/discover"))
            #expect(different.status == 400)
            #expect(different.code == -32020)
        }
    }

    @Test func undeclaredCapability() async throws {
        try await Wire.with { wire in
            let answer = try await wire.call("test_missing_capability")
            #expect(answer.status == 400)
            #expect(answer.code == -32021)
            #expect(answer.error?["data"]?["requiredCapabilities"]?["sampling"]?.object != nil)
        }
    }

    @Test(arguments: [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "unknown/method",
        "tasks/list", "tasks/result",
    ])
    func removedMethods(_ method: String) async throws {
        try await Wire.with { wire in
            let answer = try await wire.modern(method, id: "601")
            #expect(answer.status == 404)
            #expect(answer.code == -32601)
            #expect(answer.message?["id"]?.integer == 601)
        }
    }

    @Test func streamsHaveNoRequests() async throws {
        try await Wire.with { wire in
            let answer = try await wire.call(
                "test_streaming_elicitation", meta: #""progressToken":"p""#, capabilities: #"{"elicitation":{}}"#)
            #expect(answer.isStream)
            #expect(answer.messages.first?["method"]?.string == "notifications/progress")
            #expect(answer.messages.allSatisfy { $0["method"]?.string?.hasPrefix("notifications/") ?? true })
            #expect(answer.result?["resultType"]?.string == "input_required")
        }
    }

    @Test func logsOnlyWhenAsked() async throws {
        try await Wire.with { wire in
            let silent = try await wire.call("test_logging_tool")
            #expect(!silent.isStream)
            #expect(silent.messages.count == 1)
            let level = #""io.modelcontextprotocol/logLevel":"info""#
            let logged = try await wire.call("test_logging_tool", meta: level)
            #expect(logged.messages.count == 4)
            #expect(logged.messages.first?["params"]?["level"]?.string == "info")
            let grave = try await wire.call("test_logging_tool", meta: level.replacing("info", with: "error"))
            #expect(grave.messages.count == 1)
        }
    }

    @Test func progress() async throws {
        try await Wire.with { wire in
            let answer = try await wire.call("test_tool_with_progress", meta: #""progressToken":21"#)
            #expect(answer.isStream)
            #expect(answer.header("cache-control") == "no-cache, no-transform")
            #expect(answer.header("x-accel-buffering") == "no")
            #expect(answer.messages.dropLast().map { $0["params"]?["progress"]?.integer } == [0, 50, 100])
            #expect(answer.messages.dropLast().allSatisfy { $0["params"]?["progressToken"]?.integer == 21 })
            #expect(answer.events.allSatisfy { $0.name == "message" && $0.id == nil })
            #expect(answer.text == "21")
            let unasked = try await wire.call("test_tool_with_progress")
            #expect(!unasked.isStream)
        }
    }

    @Test(arguments: [
        ("server/discover", "", nil), ("tools/list", "", nil), ("prompts/list", "", nil), ("resources/list", "", nil),
        ("resources/templates/list", "", nil),
        ("resources/read", #""uri":"test://static-text""#, "test://static-text" as String?),
    ])
    func caching(_ method: String, _ params: String, _ name: String?) async throws {
        try await Wire.with { wire in
            let result = try #require(try await wire.modern(method, params, name: name).result)
            #expect(try #require(result["ttlMs"]?.integer) >= 0)
            #expect(["public", "private"].contains(result["cacheScope"]?.string))
        }
    }

    @Test func threeStreamsAtOnce() async throws {
        try await Wire.with { wire in
            let answers = try await withThrowingTaskGroup(of: Wire.Answer.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        try await wire.modern(
                            "tools/call", #""name":"test_tool_with_progress","arguments":{}"#,
                            name: "test_tool_with_progress", meta: #""progressToken":\#(number)"#, id: "\(number)")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.compactMap { $0.message?["id"]?.integer }) == [0, 1, 2])
            #expect(answers.allSatisfy { $0.status == 200 && $0.messages.count == 4 })
        }
    }

    @Test func rebinding() async throws {
        try await Wire.with { wire in
            let good = Wire.headers("server/discover")
            for header in [("host", "evil.example.com"), ("origin", "http://evil.example.com")] {
                let answer = try await wire.send(Wire.body("server/discover"), headers: good + [header])
                #expect((400..<500).contains(answer.status))
            }
            let local = try await wire.send(
                Wire.body("server/discover"), headers: good + [("origin", "http://localhost:3000")])
            #expect(local.status == 200)
        }
    }
}
