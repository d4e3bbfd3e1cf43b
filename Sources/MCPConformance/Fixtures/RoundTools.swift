import MCP

/// Tools of the scenarios on input rounds.
enum RoundTools {
    private static let prefix = "test_input_required_result_"
    static let name = Question("user_name", .form("What is your name?", field: "name", type: "string"))

    static func all() throws(ToolDefinitionError) -> [FixtureTool] {
        [
            try FixtureTool(prefix + "elicitation", "Asks for a name") { _, context throws(RequestFailure) in
                let answer = try await context.ask(name.key, name.request)
                return .said("Hello, \(answer.field("name")?.string ?? "stranger")!")
            },
            try FixtureTool(prefix + "sampling", "Asks the model") { _, context throws(RequestFailure) in
                let answer = try await context.ask(
                    "capital_question", .sample("What is the capital of France?", maximumTokens: 100))
                return .said(answer.json["content"]?["text"]?.string ?? "none")
            },
            try FixtureTool(prefix + "list_roots", "Asks for the client's folders") {
                _, context throws(RequestFailure) in
                let answer = try await context.ask("client_roots", .roots)
                return .said("\(answer.json["roots"]?.array?.count ?? 0) roots")
            },
            try FixtureTool(prefix + "request_state", "Asks to confirm") { _, context throws(RequestFailure) in
                let answer = try await context.ask("confirm", confirm, usage: .once)
                return .said("state-ok: \(answer.field("ok")?.bool == true)")
            },
            try FixtureTool(prefix + "tampered_state", "Asks to confirm") { _, context throws(RequestFailure) in
                _ = try await context.ask("confirm", confirm, usage: .once)
                return .said("state-ok")
            },
            try FixtureTool(prefix + "multiple_inputs", "Asks three questions") { _, context throws(RequestFailure) in
                let answers = try await context.ask([
                    name, Question("greeting", .sample("Generate a greeting", maximumTokens: 50)),
                    Question("client_roots", .roots),
                ])
                return .said("\(answers.count) answers")
            },
            try FixtureTool(prefix + "multi_round", "Asks twice") { _, context throws(RequestFailure) in
                let first = try await context.ask(
                    "step1", .form("Step 1: What is your name?", field: "name", type: "string"))
                let second = try await context.ask(
                    "step2", .form("Step 2: What is your favorite color?", field: "color", type: "string"))
                return .said("\(first.field("name")?.string ?? "?") likes \(second.field("color")?.string ?? "?")")
            },
            try FixtureTool(prefix + "capabilities", "Asks what the client can answer") {
                _, context throws(RequestFailure) in
                var questions: [Question] = []
                if context.client.elicitsForms { questions.append(name) }
                if context.client.samples {
                    questions.append(Question("sample", .sample("Say yes.", maximumTokens: 10)))
                }
                if context.client.listsRoots { questions.append(Question("client_roots", .roots)) }
                let answers = try await context.ask(questions)
                return .said("\(answers.count) answers")
            },
        ]
    }

    private static let confirm = InputRequest.form("Please confirm", field: "ok", type: "boolean")
}
