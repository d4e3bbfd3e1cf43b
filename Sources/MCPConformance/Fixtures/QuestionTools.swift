import MCP

/// Tools that ask one question, in whichever way the era has.
enum QuestionTools {
    static func all() throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try FixtureTool(
                "test_sampling", "Asks the client's model",
                schema: #"{"type":"object","properties":{"prompt":{"type":"string"}},"required":["prompt"]}"#
            ) { call, context throws(RequestFailure) in
                let answer = try await context.ask("sample", .sample(call.string("prompt"), maximumTokens: 100))
                return .said("LLM response: \(answer.json["content"]?["text"]?.string ?? "none")")
            },
            try FixtureTool(
                "test_elicitation", "Asks the person",
                schema: #"{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}"#
            ) { call, context throws(RequestFailure) in
                let fields = #"{"username":{"type":"string"},"email":{"type":"string"}}"#
                let question = form(call.string("message"), fields, required: ["username", "email"])
                return said(try await context.ask("answer", question))
            },
            try FixtureTool("test_elicitation_sep1034_defaults", "Asks with defaults") {
                _, context throws(RequestFailure) in
                said(try await context.ask("form", form("Please review the form with defaults", defaults)))
            },
            try FixtureTool("test_elicitation_sep1330_enums", "Asks to choose") { _, context throws(RequestFailure) in
                said(try await context.ask("form", form("Please select options", choices)))
            },
            try FixtureTool("test_elicitation_url", "Asks to open a page") { _, context throws(RequestFailure) in
                said(try await context.ask("page", .url(message: "Open the page", url: "https://example.test/page")))
            },
            try FixtureTool("test_streaming_elicitation", "Reports, then asks") { _, context throws(RequestFailure) in
                context.progress(1, of: 2)
                return said(try await context.ask("name", .form("Your name?", field: "name", type: "string")))
            },
            try FixtureTool("test_missing_capability", "Needs sampling") { _, context throws(RequestFailure) in
                _ = try await context.ask("sample", .sample("Say yes.", maximumTokens: 10))
                return .said("sampled")
            },
            try FixtureTool(
                "test_confirmation", "Does something only when it is confirmed",
                schema:
                    #"{"type":"object","properties":{"target":{"type":"string"},"confirm_token":{"type":"string"}},"required":["target"],"additionalProperties":false}"#
            ) { call, context throws(RequestFailure) in
                let confirmation = Confirmation("Delete \(call.string("target"))? This cannot be undone.")
                switch try await context.confirm(confirmation, for: call) {
                case .confirmed: return .said("deleted \(call.string("target"))")
                case .notConfirmed(let result): return result
                }
            },
        ]
    }

    private static func said(_ answer: InputAnswer) -> ToolResult {
        let content = String(decoding: (answer.json["content"] ?? .object([:])).encoded(), as: UTF8.self)
        return .said("Elicitation completed: action=\(answer.action.rawValue), content=\(content)")
    }

    private static func form(_ message: String, _ properties: String, required: [String] = []) -> InputRequest {
        let names = String(decoding: JSONValue.array(required.map { .string($0) }).encoded(), as: UTF8.self)
        let schema = #"{"type":"object","properties":\#(properties),"required":\#(names)}"#
        // What is written below is JSON; a mistake in it fails the tests.
        return .form(message: message, schema: (try? JSONReader.read(Array(schema.utf8)))?.object ?? [:])
    }

    private static let defaults = """
        {"name":{"type":"string","description":"User name","default":"John Doe"},\
        "age":{"type":"integer","description":"User age","default":30},\
        "score":{"type":"number","description":"User score","default":95.5},\
        "status":{"type":"string","description":"User status","enum":["active","inactive","pending"],"default":"active"},\
        "verified":{"type":"boolean","description":"Verification status","default":true}}
        """

    private static let choices = """
        {"untitledSingle":{"type":"string","description":"Select one","enum":["option1","option2","option3"]},\
        "titledSingle":{"type":"string","description":"Select one with titles","oneOf":[\
        {"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},\
        {"const":"value3","title":"Third Option"}]},\
        "legacyEnum":{"type":"string","description":"Select one (legacy)","enum":["opt1","opt2","opt3"],\
        "enumNames":["Option One","Option Two","Option Three"]},\
        "untitledMulti":{"type":"array","description":"Select several","minItems":1,"maxItems":3,\
        "items":{"type":"string","enum":["option1","option2","option3"]}},\
        "titledMulti":{"type":"array","description":"Select several with titles","minItems":1,"maxItems":3,\
        "items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},\
        {"const":"value3","title":"Third Choice"}]}}}
        """
}
