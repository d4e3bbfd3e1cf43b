import HTTPTypes
import Logging
import MCP

/// The fixtures behind the protocol core, with everything it keeps in memory.
struct ConformanceServer {
    let server: MCPServer

    /// - Parameters:
    ///   - state: shared with other servers, as front doors do.
    ///   - adjust: changes limits, for tests that reach them.
    init(
        state: MCPState = Self.makeState(), _ adjust: (inout MCPConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = MCPConfiguration(
            name: "mcp-conformance-server", title: "Conformance", version: "1.0.0",
            instructions: "Fixtures of the conformance suite.", requestTimeout: .seconds(120))
        configuration.announces = .init(toolList: true, promptList: true, resourceList: true, resources: true)
        configuration.checksResults = true
        adjust(&configuration)
        let changes = ChangeRelay()
        let providers = MCPProviders(
            tools: try FixtureTools(changes: changes), resources: FixtureResources(), prompts: FixturePrompts(),
            completions: FixtureCompletions())
        server = MCPServer(
            configuration: configuration, providers: providers, authenticator: AnybodyMayCall(), state: state)
        changes.server = server
    }

    static func makeState() -> MCPState {
        MCPState(
            ring: .ephemeral(), sealer: OpenSessions(), revocations: EndedSessions(),
            events: InMemoryEventStore(), tasks: InMemoryTaskStore())
    }

    func listener(
        port: Int, edge: EdgeConfiguration = EdgeConfiguration(), limits: ConnectionLimits = ConnectionLimits(),
        sinks: SinkLimits = SinkLimits(), logger: Logger
    ) async throws -> MCPListener {
        try await MCPListener(
            .address(host: "127.0.0.1", port: port), router: MCPEdge(configuration: edge, server: server).makeRouter(),
            limits: limits, sinks: sinks, logger: logger)
    }

    /// Serves until the listener is drained, or the task is cancelled.
    func run(_ listener: MCPListener) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            await listener.serve()
            server.stop()
            await group.waitForAll()
        }
    }
}

/// There is nothing here that anybody could not have.
struct AnybodyMayCall: CallerAuthenticator {
    let missingCredential: Problem? = nil

    func screen(_ bearer: String) {}

    func admit(_ request: AdmissionRequest) async throws(Problem) -> Admission {
        Admission(caller: Caller(id: request.bearer.isEmpty ? "anybody" : request.bearer, payload: ()))
    }
}
