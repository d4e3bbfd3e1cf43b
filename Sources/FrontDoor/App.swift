import ArgumentParser
import Contracts
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp-front-door",
        abstract: "The MCP front door: HTTP, the protocol, who the caller is, and its limits.",
        discussion: """
            Started by `discord-mcp run`, which hands it the listening socket; settings come from the environment. \
            It holds no Discord token and no files.

            Example: REDIS_URL=redis://127.0.0.1 MCP_SERVER_PORT=8000 JWT_SECRET_KEY_FILE=jwt discord-mcp-front-door
            """
    )

    func run() async {
        await ProcessBootstrap.run(role: .frontDoor) { context in try await buildFrontDoor(context) }
    }
}
