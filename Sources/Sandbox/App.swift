import ArgumentParser
import Contracts
import DiscordSandbox
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp-sandbox",
        abstract: "A local Discord: REST API v10 and gateway on one port, with a guild that is alive.",
        discussion: """
            Nothing leaves this machine. The guild, its ids and its tokens are the same for the same seed; what clients
            change is forgotten when the process ends.

            Examples:
              discord-mcp-sandbox --port 4711 --trickle 4
              discord-mcp-sandbox --seed 7 --ready-file /tmp/sandbox.json
            """
    )

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port; 0 picks a free one.")
    var port = 0

    @Option(help: "Seed of the guild, its ids and its tokens.")
    var seed: UInt64 = 1

    @Option(help: "Seconds between two things that people do by themselves; 0 is off.")
    var trickle = 0.0

    @Option(help: "Seconds between heartbeats that the gateway asks for.")
    var heartbeatInterval = 41.25

    @Option(help: "Seconds in which a bot may identify once.")
    var identifyWindow = 5.0

    @Flag(help: "Answer without rate limits, for measuring.")
    var withoutRateLimits = false

    @Option(help: "Where to write the JSON description once it listens (mode 0600).")
    var readyFile: String?

    @Option(help: "Directory for run-time files.")
    var dataDir: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
        guard trickle >= 0 else { throw ValidationError("--trickle must be 0 or more seconds.") }
        guard heartbeatInterval > 0 else { throw ValidationError("--heartbeat-interval must be more than 0 seconds.") }
        guard identifyWindow >= 0 else { throw ValidationError("--identify-window must be 0 or more seconds.") }
    }

    func run() async {
        var options = SandboxOptions()
        options.host = host
        options.port = port
        options.seed = seed
        options.trickle = trickle > 0 ? .seconds(trickle) : nil
        options.heartbeatInterval = .seconds(heartbeatInterval)
        options.identifyWindow = .seconds(identifyWindow)
        options.enforcesRateLimits = !withoutRateLimits
        let finished = options
        let readyFile = readyFile
        await ProcessBootstrap.run(role: .sandbox, flags: dataDir.map { ["DISCORD_MCP_DATA_DIR": $0] } ?? [:]) {
            context in
            [SandboxService(options: finished, readyFile: readyFile, context: context)]
        }
    }
}
