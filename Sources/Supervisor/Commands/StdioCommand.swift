import ArgumentParser
import ProcessKit

struct StdioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stdio",
        abstract: "An MCP server on standard input and output that bridges to a running front door.",
        discussion: """
            For clients that start their servers themselves, such as Claude Desktop.

            Examples:
              DISCORD_MCP_KEY=… discord-mcp stdio --url http://127.0.0.1:8000
              DISCORD_MCP_KEY_FILE=/path/key discord-mcp stdio
            """
    )

    @OptionGroup var location: StackLocation

    @Option(help: "The front door. Default: the running stack's.")
    var url: String?

    @Option(help: "The API key. Better: DISCORD_MCP_KEY, which other users of this machine cannot see.")
    var key: String?

    func run() async throws {
        guard let key = try key ?? location.settings()[.clientKey] else {
            throw ValidationError("Give a key with --key, or set DISCORD_MCP_KEY.")
        }
        await StdioBridge(endpoint: "\(try location.frontDoorURL(url))/mcp", key: key).run()
    }
}
