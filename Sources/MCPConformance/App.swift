import ArgumentParser
import Logging
import MCP

/// Serves the fixtures that the protocol's official conformance suite asks for, from the same core as the front door.
@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp-conformance-server",
        abstract: "A server for tests of the protocol: on loopback, without authentication, never in an image.",
        discussion: "Example: mcp-conformance-server --port 3000, then point a client at http://127.0.0.1:3000/mcp."
    )

    @Option(help: "The port on 127.0.0.1; 0 for a free one, which is printed.")
    var port = 3000

    func run() async throws {
        let server = try ConformanceServer()
        let listener = try await server.listener(port: port, logger: Logger(label: "conformance"))
        // Standard output is not buffered so that whoever started this can read the port at once.
        try writeLine("listening on http://127.0.0.1:\(listener.port ?? port)/mcp")
        await server.run(listener)
    }
}
