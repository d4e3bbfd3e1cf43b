import MCP

/// One tool of the suite, and what it does.
struct FixtureTool: Sendable {
    typealias Body = @Sendable (ToolCall, CallContext) async throws(RequestFailure) -> ToolResult

    let definition: ToolDefinition
    let body: Body

    init(
        _ name: String,
        _ description: String,
        schema: String = #"{"type":"object","properties":{}}"#,
        output: String? = nil,
        tasks: TaskSupport = .never,
        _ body: @escaping Body
    ) throws(ToolDefinitionError) {
        definition = try ToolDefinition(
            name: name, title: description, description: description, inputSchema: schema, outputSchema: output,
            annotations: ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: false),
            tasks: tasks)
        self.body = body
    }
}

extension ToolResult {
    static func said(_ text: String) -> ToolResult {
        ToolResult(text: [text])
    }
}

extension ToolCall {
    func string(_ name: String, default value: String = "") -> String {
        arguments[name]?.string ?? value
    }
}

extension InputRequest {
    /// A form of one field.
    static func form(_ message: String, field: String, type: String) -> InputRequest {
        .form(
            message: message,
            schema: [
                "type": .string("object"),
                "properties": .object([field: .object(["type": .string(type)])]),
                "required": .array([.string(field)]),
            ])
    }

    static func sample(_ question: String, maximumTokens: Int) -> InputRequest {
        .sample([
            "messages": .array([
                .object([
                    "role": .string("user"),
                    "content": .object(["type": .string("text"), "text": .string(question)]),
                ])
            ]),
            "maxTokens": .number(JSONNumber(maximumTokens)),
        ])
    }
}
