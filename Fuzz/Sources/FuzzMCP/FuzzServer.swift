import MCP

/// A server for anybody, with one tool that gives its arguments back.
enum FuzzServer {
    static func make() throws -> MCPServer {
        MCPServer(
            configuration: MCPConfiguration(name: "fuzz", version: "1"),
            providers: MCPProviders(tools: try EchoTool()),
            authenticator: Anybody(),
            state: MCPState(ring: .ephemeral(), sealer: PlainSessions(), revocations: NoRevocations()))
    }
}

struct EchoTool: ToolProvider {
    private let definition: ToolDefinition

    init() throws {
        definition = try ToolDefinition(
            name: "echo", title: "Echo", description: "Gives its arguments back",
            inputSchema: ##"""
                {"type":"object","$defs":{"tree":{"properties":{"next":{"$ref":"#/$defs/tree"}},"patternProperties":{"^(a|b)+$":{"type":"number"}}}},
                "properties":{"tree":{"$ref":"#/$defs/tree"},"list":{"uniqueItems":true,"contains":{"minimum":3}},"id":{"type":"string","x-mcp-header":"Id"}},
                "unevaluatedProperties":{"maxLength":8}}
                """##,
            annotations: ToolAnnotations(readOnly: true, destructive: false, idempotent: true))
    }

    func tools(for caller: Caller) -> [ToolDefinition] {
        [definition]
    }

    func tool(named name: String, for caller: Caller) throws(RequestFailure) -> ToolDefinition? {
        name == "echo" ? definition : nil
    }

    func call(_ call: ToolCall, context: CallContext) async throws(RequestFailure) -> ToolResult {
        context.progress(1, of: 2)
        if call.arguments["ask"] != nil { _ = try await context.ask("roots", .roots) }
        return ToolResult(text: ["echo"], structuredContent: call.rawArguments)
    }
}

struct Anybody: CallerAuthenticator {
    let missingCredential: Problem? = nil

    func admit(_ request: AdmissionRequest) async throws(Problem) -> Admission {
        Admission(caller: Caller(id: "anybody", payload: ()))
    }
}

struct PlainSessions: SessionSealer {
    func seal(_ claims: String) -> String { claims }

    func open(_ sessionID: String) -> String? { sessionID }
}

struct NoRevocations: SessionRevocations {
    func isRevoked(_ id: String) async throws(Problem) -> Bool { false }

    func revoke(_ id: String, until expiry: Int64) async throws(Problem) {}
}
