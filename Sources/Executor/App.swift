import ArgumentParser
import Contracts
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp-executor",
        abstract: "Makes every change in Discord: once, after its record, and only for keys that may.",
        discussion: """
            Started by `discord-mcp run`; settings come from the environment.

            Example: DISCORD_BOT_TOKEN_FILE=token DISCORD_MCP_DATA_DIR=/var/lib/discord-mcp discord-mcp-executor
            """
    )

    func run() async {
        await ProcessBootstrap.run(role: .executor) { context in try await buildExecutor(context) }
    }
}
