import MCP
import Testing

/// The scenarios `input-required-result-*`, and the rules behind them that no suite checks.
@Suite(.timeLimit(.minutes(2))) struct InputRoundTests {
    private static let prefix = "test_input_required_result_"
    private static let alice = #""inputResponses":{"user_name":{"action":"accept","content":{"name":"Alice"}}}"#

    private func ask(
        _ wire: Wire, _ tool: String, more: String = "", capabilities: String = Wire.withoutTasks
    ) async throws -> Wire.Answer {
        try await wire.call(Self.prefix + tool, more: more, capabilities: capabilities)
    }

    private static func state(_ answer: Wire.Answer) throws -> String {
        let result = try #require(answer.result)
        #expect(result["resultType"]?.string == "input_required")
        #expect(result["ttlMs"] == nil && result["content"] == nil)
        return try #require(result["requestState"]?.string)
    }

    @Test(arguments: [
        (
            "elicitation", "user_name", "elicitation/create", #"{"action":"accept","content":{"name":"Alice"}}"#,
            "Hello, Alice!"
        ),
        (
            "sampling", "capital_question", "sampling/createMessage",
            #"{"role":"assistant","content":{"type":"text","text":"Paris"},"model":"m"}"#, "Paris"
        ),
        ("list_roots", "client_roots", "roots/list", #"{"roots":[{"uri":"file:///a"}]}"#, "1 roots"),
        (
            "request_state", "confirm", "elicitation/create", #"{"action":"accept","content":{"ok":true}}"#,
            "state-ok: true"
        ),
    ])
    func oneQuestion(_ tool: String, _ key: String, _ method: String, _ reply: String, _ text: String) async throws {
        try await Wire.with { wire in
            let first = try await ask(wire, tool)
            let state = try Self.state(first)
            #expect(first.status == 200)
            #expect(first.result?["inputRequests"]?[key]?["method"]?.string == method)
            #expect(first.result?["inputRequests"]?[key]?["id"] == nil)
            let second = try await ask(
                wire, tool, more: #""inputResponses":{"\#(key)":\#(reply)},"requestState":"\#(state)""#)
            #expect(second.result?["resultType"]?.string == "complete")
            #expect(second.text == text)
        }
    }

    @Test func threeQuestionsAtOnce() async throws {
        try await Wire.with { wire in
            let first = try await ask(wire, "multiple_inputs")
            let state = try Self.state(first)
            let methods = first.result?["inputRequests"]?.object?.members.compactMap { $0.value["method"]?.string }
            #expect(Set(methods ?? []) == ["elicitation/create", "sampling/createMessage", "roots/list"])
            // One answer is not enough: the others are asked again, the one that was given is not.
            let again = try await ask(wire, "multiple_inputs", more: Self.alice + #","requestState":"\#(state)""#)
            let next = try Self.state(again)
            #expect(again.result?["inputRequests"]?.object?.members.map(\.name) == ["greeting", "client_roots"])
            let rest =
                #""inputResponses":{"greeting":{"role":"assistant","content":{"type":"text","text":"Hi"},"model":"m"},"client_roots":{"roots":[]}}"#
            let done = try await ask(wire, "multiple_inputs", more: rest + #","requestState":"\#(next)""#)
            #expect(done.text == "3 answers")
        }
    }

    @Test func threeRounds() async throws {
        try await Wire.with { wire in
            let first = try Self.state(try await ask(wire, "multi_round"))
            let second = try await ask(
                wire, "multi_round",
                more:
                    #""inputResponses":{"step1":{"action":"accept","content":{"name":"Ada"}}},"requestState":"\#(first)""#
            )
            let next = try Self.state(second)
            #expect(next != first)
            #expect(second.result?["inputRequests"]?.object?.members.map(\.name) == ["step2"])
            let third = try await ask(
                wire, "multi_round",
                more:
                    #""inputResponses":{"step2":{"action":"accept","content":{"color":"red"}}},"requestState":"\#(next)""#
            )
            #expect(third.text == "Ada likes red")
        }
    }

    @Test func wrongAndFurtherAnswers() async throws {
        try await Wire.with { wire in
            let wrong = try await ask(wire, "elicitation", more: #""inputResponses":{"other":{"action":"accept"}}"#)
            #expect(wrong.result?["inputRequests"]?["user_name"] != nil)
            let more = Self.alice.replacing("}}}", with: #"}},"extra":{"action":"accept","content":{"a":"b"}}}"#)
            #expect(try await ask(wire, "elicitation", more: more).text == "Hello, Alice!")
            for malformed in [
                #"{"user_name":12345}"#, "null", "[]", #"{"user_name":{}}"#, #"{"user_name":{"action":"perhaps"}}"#,
                #"{"user_name":{"action":"accept","content":{"name":5}}}"#, #"{"user_name":{"action":"accept"}}"#,
            ] {
                let answer = try await ask(wire, "elicitation", more: #""inputResponses":\#(malformed)"#)
                #expect(answer.code == -32602, "\(malformed)")
            }
            let declined = try await ask(
                wire, "elicitation", more: #""inputResponses":{"user_name":{"action":"decline"}}"#)
            #expect(declined.text == "Hello, stranger!")
        }
    }

    @Test func promptsAsk() async throws {
        try await Wire.with { wire in
            let name = "test_input_required_result_prompt"
            func get(_ more: String) async throws -> Wire.Answer {
                try await wire.modern(
                    "prompts/get", #""name":"\#(name)"\#(more)"#, name: name, capabilities: Wire.withoutTasks)
            }
            let state = try Self.state(try await get(""))
            let done = try await get(
                #","inputResponses":{"user_context":{"action":"accept","content":{"context":"tests"}}},"requestState":"\#(state)""#
            )
            #expect(done.result?["messages"]?.array?.first?["content"]?["text"]?.string == "Use this context: tests")
        }
    }

    @Test func onlyWhatTheClientCanAnswer() async throws {
        try await Wire.with { wire in
            let sampling = try await ask(wire, "capabilities", capabilities: #"{"sampling":{}}"#)
            #expect(
                sampling.result?["inputRequests"]?.object?.members.compactMap { $0.value["method"]?.string } == [
                    "sampling/createMessage"
                ])
            let url = try await ask(wire, "elicitation", capabilities: #"{"elicitation":{"url":{}}}"#)
            #expect(url.code == -32021)
            #expect(url.error?["data"]?["requiredCapabilities"]?["elicitation"]?["form"] != nil)
            let page = try await wire.call("test_elicitation_url", capabilities: #"{"elicitation":{}}"#)
            #expect(page.code == -32021)
            let shown = try await wire.call("test_elicitation_url", capabilities: Wire.everything)
            let params = try #require(shown.result?["inputRequests"]?["page"]?["params"])
            #expect(params["mode"]?.string == "url" && params["elicitationId"] == nil)
        }
    }

    @Test func statesAreBoundToTheirRequest() async throws {
        try await Wire.with { wire in
            let reply = #""inputResponses":{"confirm":{"action":"accept","content":{"ok":true}}}"#
            let state = try Self.state(try await ask(wire, "tampered_state"))
            for tampered in [state + "-TAMPERED", String(state.dropLast()), "v1.", "", "x", String(state.reversed())] {
                let answer = try await ask(wire, "tampered_state", more: reply + #","requestState":"\#(tampered)""#)
                #expect(answer.status == 400)
                #expect(answer.code == -32602)
                #expect(answer.error?["data"]?["reason"]?.string == "invalid_request_state")
            }
            // Neither for another tool, nor for other arguments, nor for another caller.
            let sealed = reply + #","requestState":"\#(state)""#
            #expect(try await ask(wire, "request_state", more: sealed).code == -32602)
            let other = try await wire.call(
                Self.prefix + "tampered_state", #"{"a":1}"#, more: sealed, capabilities: Wire.withoutTasks)
            #expect(other.code == -32602)
            let stranger = try await wire.send(
                Wire.body(
                    "tools/call", #""name":"\#(Self.prefix)tampered_state","arguments":{},\#(sealed)"#,
                    capabilities: Wire.withoutTasks),
                headers: Wire.headers("tools/call", name: Self.prefix + "tampered_state")
                    + [("authorization", "Bearer eve")])
            #expect(stranger.code == -32602)
            #expect(try await ask(wire, "tampered_state", more: sealed).text == "state-ok")
        }
    }

    @Test func answersForAChangeCountOnce() async throws {
        try await Wire.with { wire in
            let reply = #""inputResponses":{"confirm":{"action":"accept","content":{"ok":true}}}"#
            // Without a state they count for nothing.
            let unasked = try await ask(wire, "request_state", more: reply)
            #expect(unasked.result?["resultType"]?.string == "input_required")
            let state = try Self.state(unasked)
            let sealed = reply + #","requestState":"\#(state)""#
            let answers = try await withThrowingTaskGroup(of: Wire.Answer.self) { group in
                for _ in 0..<5 { group.addTask { try await ask(wire, "request_state", more: sealed) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.text == "state-ok: true" } == 1)
            #expect(answers.count { $0.error?["data"]?["reason"]?.string == "used_request_state" } == 4)
        }
    }

    @Test func statesGrowOld() async throws {
        try await Wire.with({ $0.inputTimeout = .zero }) { wire in
            let state = try Self.state(try await ask(wire, "elicitation"))
            let late = try await ask(wire, "elicitation", more: Self.alice + #","requestState":"\#(state)""#)
            #expect(late.error?["data"]?["reason"]?.string == "invalid_request_state")
        }
    }

    @Test(arguments: ["tools/list", "resources/list", "completion/complete", "prompts/list"])
    func otherMethodsNeverAsk(_ method: String) async throws {
        try await Wire.with { wire in
            let params =
                method == "completion/complete"
                ? #""ref":{"type":"ref/prompt","name":"test_prompt_with_arguments"},"argument":{"name":"arg1","value":""}"#
                : ""
            let answer = try await wire.modern(method, params, capabilities: Wire.everything)
            #expect(answer.result?["resultType"]?.string == "complete")
        }
    }
}
