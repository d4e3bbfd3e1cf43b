import Logging
import Testing

@testable import MCP

/// A server on a real socket, and requests to it as bytes.
enum ListenedServer {
    private static let body = TestServer.modernBody("server/discover")

    static func request(
        _ body: String = body, method: String = "server/discover", name: String? = nil
    ) -> String {
        """
        POST /mcp HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer good-ada\r
        Content-Type: application/json\r
        Accept: application/json, text/event-stream\r
        MCP-Protocol-Version: 2026-07-28\r
        Mcp-Method: \(method)\r
        \(name.map { "Mcp-Name: \($0)\r\n" } ?? "")Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }

    /// Serves while the test runs, then drains.
    static func with(
        _ binding: MCPListener.Binding = .address(host: "127.0.0.1", port: 0),
        limits: ConnectionLimits = ConnectionLimits(drainIdle: .milliseconds(50), drain: .seconds(5)),
        maximumConnections: Int = 100,
        tools: FakeTools = FakeTools(),
        _ test: (MCPListener, Int) async throws -> Void
    ) async throws {
        let edge = MCPEdge(configuration: EdgeConfiguration(), server: TestServer(tools: tools).server)
        let listener = try await MCPListener(
            binding,
            router: edge.makeRouter(),
            limits: limits,
            maximumConnections: maximumConnections,
            logger: Logger(label: "test")
        )
        let port = try #require(listener.port)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await listener.serve() }
            defer { listener.drain() }
            try await test(listener, port)
        }
    }
}
