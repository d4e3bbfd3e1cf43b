import MCP
import Testing

/// Confirmations before dangerous changes, by form and in two steps.
@Suite(.timeLimit(.minutes(2))) struct ConfirmationTests {
    private static let form = #"{"elicitation":{"form":{}}}"#

    private func call(
        _ wire: Wire, _ arguments: String, more: String = "", capabilities: String
    ) async throws -> Wire.Answer {
        try await wire.call("test_confirmation", arguments, more: more, capabilities: capabilities)
    }

    @Test(arguments: [
        (#"{"action":"accept","content":{"confirm":true}}"#, "deleted x"),
        (#"{"action":"accept","content":{"confirm":false}}"#, nil as String?), (#"{"action":"decline"}"#, nil),
        (#"{"action":"cancel"}"#, nil),
    ])
    func byForm(_ reply: String, _ text: String?) async throws {
        try await Wire.with { wire in
            let asked = try await call(wire, #"{"target":"x"}"#, capabilities: Self.form)
            let question = try #require(asked.result?["inputRequests"]?["confirm"]?["params"])
            #expect(question["message"]?.string?.contains("Delete x?") == true)
            let state = try #require(asked.result?["requestState"]?.string)
            let sealed = #""inputResponses":{"confirm":\#(reply)},"requestState":"\#(state)""#
            let done = try await call(wire, #"{"target":"x"}"#, more: sealed, capabilities: Self.form)
            if let text {
                #expect(done.text == text)
                let again = try await call(wire, #"{"target":"x"}"#, more: sealed, capabilities: Self.form)
                #expect(again.code == -32602)
                // The same arguments in another spelling are the same arguments; others are not.
                let other = try await call(wire, #"{"target":"y"}"#, more: sealed, capabilities: Self.form)
                #expect(other.code == -32602)
            } else {
                #expect(done.result?["isError"] == .bool(true))
            }
        }
    }

    @Test func inTwoSteps() async throws {
        try await Wire.with { wire in
            func token() async throws -> String {
                let first = try await call(wire, #"{"target":"x"}"#, capabilities: "{}")
                #expect(first.result?["isError"] == .bool(true))
                let text = try #require(first.result?["content"]?.array?.last?["text"]?.string)
                return try #require(try JSONReader.read(Array(text.utf8))["confirm_token"]?.string)
            }
            let token = try await token()
            for (target, given) in [("y", token), ("x", token + "A"), ("x", "")] {
                let refused = try await call(
                    wire, #"{"target":"\#(target)","confirm_token":"\#(given)"}"#, capabilities: "{}")
                #expect(refused.result?["isError"] == .bool(true))
            }
            let arguments = #"{"confirm_token":"\#(token)","target":"x"}"#
            #expect(try await call(wire, arguments, capabilities: "{}").text == "deleted x")
            #expect(try await call(wire, arguments, capabilities: "{}").result?["isError"] == .bool(true))
        }
    }

    @Test func inTheLegacyEra() async throws {
        try await Wire.with { wire in
            let (questions, last) = try await wire.session().call("test_confirmation", #"{"target":"x"}"#) { _ in
                #"{"action":"accept","content":{"confirm":true}}"#
            }
            #expect(questions.count == 1)
            #expect(last?["result"]?["content"]?.array?.first?["text"]?.string == "deleted x")
        }
    }
}
