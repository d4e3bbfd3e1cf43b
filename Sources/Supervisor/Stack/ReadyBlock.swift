import FoundationEssentials

/// What a person sees when the stack is ready: where it is, the first key, and what to paste into a client.
struct ReadyBlock {
    let report: ReadyReport
    /// Absolute path of this program.
    let program: String

    var text: String {
        let key = report.adminKey ?? "<your key>"
        let bearer = "Bearer \(key)"
        let stdio = Server(command: program, args: ["stdio", "--url", report.restURL], env: ["DISCORD_MCP_KEY": key])
        let remote = Server(url: report.mcpURL, headers: ["Authorization": bearer])
        let named = NamedServer(name: "discord", type: "http", url: report.mcpURL, headers: ["Authorization": bearer])
        return """

            Discord MCP server is ready: \(report.mcpURL)
            \(keyLines)
            \(discordLine)

            Claude Code     claude mcp add --transport http discord \(report.mcpURL) --header "Authorization: \(bearer)"
            Claude Desktop  \(json(["mcpServers": ["discord": stdio]]))
            VS Code         code --add-mcp '\(json(named))'
            Cursor          \(json(["mcpServers": ["discord": remote]]))
            curl            curl -s -H "Authorization: \(bearer)" \(report.restURL)/mcp/tools

            """
    }

    private var keyLines: String {
        guard let key = report.adminKey else {
            return "Keys: `discord-mcp key list` shows them, `discord-mcp key create --help` makes one."
        }
        return """
            First key (level admin; shown this once, only its hash is kept):

                \(key)

            Make a smaller one for each agent: discord-mcp key create --name agent --level read_write
            """
    }

    private var discordLine: String {
        guard let sandbox = report.sandbox else {
            return "Discord: the guilds of your bot; discord://status lists them."
        }
        let channels = sandbox.channelIDs.sorted { $0.key < $1.key }.map { "#\($0.key) \($0.value)" }
        return """
            Discord: a sandbox on this machine; nothing reaches the real one. Guild \(sandbox.guildID) with \
            \(channels.joined(separator: ", "))
            """
    }

    private struct Server: Encodable {
        var command: String?
        var args: [String]?
        var env: [String: String]?
        var url: String?
        var headers: [String: String]?
    }

    private struct NamedServer: Encodable {
        var name: String
        var type: String
        var url: String
        var headers: [String: String]
    }

    private func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
