import ArgumentParser
import Contracts
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp-audit",
        abstract: "The audit writer: makes records durable in a hash chain before it acknowledges them.",
        discussion: """
            Started by `discord-mcp run`; settings come from the environment. Read the log with `discord-mcp audit`.

            Example: DISCORD_MCP_DATA_DIR=/var/lib/discord-mcp discord-mcp-audit
            """
    )

    func run() async {
        await ProcessBootstrap.run(role: .audit) { context in try await buildAuditWriter(context) }
    }
}
