import MCP

/// The tools of the suite.
struct FixtureTools: ToolProvider {
    private let tools: [FixtureTool]

    init(changes: ChangeRelay) throws(ToolDefinitionError) {
        tools =
            try ContentTools.all() + MessageTools.all(changes) + QuestionTools.all() + RoundTools.all()
            + TaskTools.all() + SchemaTools.all()
    }

    func tools(for caller: Caller) -> [ToolDefinition] {
        tools.map(\.definition)
    }

    func tool(named name: String, for caller: Caller) throws(RequestFailure) -> ToolDefinition? {
        tools.first { $0.definition.name == name }?.definition
    }

    func call(_ call: ToolCall, context: CallContext) async throws(RequestFailure) -> ToolResult {
        guard let tool = tools.first(where: { $0.definition.name == call.name }) else {
            throw .rpc(.invalidParams("Unknown tool"))
        }
        return try await tool.body(call, context)
    }
}
