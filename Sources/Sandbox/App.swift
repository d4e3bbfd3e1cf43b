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
              discord-mcp-sandbox --messages 1000000 --members 5000 --channels 100
              discord-mcp-sandbox --guilds 40 --shards 4 --max-concurrency 2 --identifies-per-day 100
              discord-mcp-sandbox --without-intent content --search-indexing 20

            docs/sandbox.md tells how to point discord.py, discord.js and others at it, and how to plan faults.
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

    @Option(help: "Sessions that the bot may start in 24 hours.")
    var identifiesPerDay = 1000

    @Option(help: "Buckets of shards that may identify at the same time.")
    var maxConcurrency = 1

    @Option(help: "Shards that /gateway/bot recommends; fewer are refused.")
    var shards = 1

    @Option(help: "A privileged intent that the application has not: members, presences or content. Repeat for more.")
    var withoutIntent: [String] = []

    @Option(help: "Seconds in which the search answers that its index is not ready.")
    var searchIndexing = 0.0

    @Option(help: "Older messages on top, spread over the open channels; they take no memory.")
    var messages = 0

    @Option(help: "Members on top.")
    var members = 0

    @Option(help: "Text channels on top, 480 at most.")
    var channels = 0

    @Option(help: "Small guilds on top.")
    var guilds = 0

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
        guard searchIndexing >= 0 else { throw ValidationError("--search-indexing must be 0 or more seconds.") }
        for (name, value, range) in [
            ("--identifies-per-day", identifiesPerDay, 1...1_000_000), ("--max-concurrency", maxConcurrency, 1...64),
            ("--shards", shards, 1...1000), ("--messages", messages, 0...100_000_000),
            ("--members", members, 0...1_000_000), ("--channels", channels, 0...480), ("--guilds", guilds, 0...2500),
        ] where !range.contains(value) {
            throw ValidationError("\(name) must be \(range.lowerBound) to \(range.upperBound).")
        }
        for name in withoutIntent where !SandboxOptions().privilegedIntents.contains(name) {
            throw ValidationError("--without-intent must be members, presences or content, not \(name).")
        }
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
        options.identifiesPerDay = identifiesPerDay
        options.maxConcurrency = maxConcurrency
        options.shards = shards
        options.privilegedIntents.subtract(withoutIntent)
        options.searchIndexing = .seconds(searchIndexing)
        options.growth.messages = messages
        options.growth.members = members
        options.growth.channels = channels
        options.growth.guilds = guilds
        let finished = options
        let readyFile = readyFile
        await ProcessBootstrap.run(role: .sandbox, flags: dataDir.map { ["DISCORD_MCP_DATA_DIR": $0] } ?? [:]) {
            context in
            [SandboxService(options: finished, readyFile: readyFile, context: context)]
        }
    }
}
