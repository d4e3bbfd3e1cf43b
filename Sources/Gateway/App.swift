import ArgumentParser
import Contracts
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp-gateway",
        abstract: "Listens to Discord, keeps the message archive, and answers every read.",
        discussion: """
            Started by `discord-mcp run`; settings come from the environment.

            Example: DISCORD_BOT_TOKEN_FILE=token DISCORD_MCP_DATA_DIR=/var/lib/discord-mcp discord-mcp-gateway
            """
    )

    func run() async {
        await ProcessBootstrap.run(role: .gateway) { context in try await buildGateway(context) }
    }
}
