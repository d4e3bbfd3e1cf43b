import ArgumentParser
import Contracts
import SharedState

struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a key. Its text is shown once.",
        discussion: """
            Examples:
              discord-mcp key create --name reader --level read_only
              discord-mcp key create --name mod --level moderate --guild 1234 --expires 30d --rate 20/1m
              discord-mcp key create --name bot --level read_write --channel 12 --channel 34 --json
            """
    )

    @OptionGroup var location: StackLocation

    @Option(help: "What the key is for.")
    var name: String

    @Option(help: "read_only, read_write, moderate or admin; each includes the ones before it.")
    var level: AccessLevel

    @Option(help: "A guild that the key may use; again for more. None: all.")
    var guild: [Snowflake] = []

    @Option(help: "A channel that the key may use; again for more. None: all.")
    var channel: [Snowflake] = []

    @Option(help: "A toolset that the key may use; again for more. None: all.")
    var toolset: [String] = []

    @Option(help: "The Discord user for whom the key acts.")
    var user: Snowflake?

    @Option(help: "Requests in a time, such as 20/1m. Default: RATE_LIMIT_REQUESTS and RATE_LIMIT_WINDOW.")
    var rate: RateLimit?

    @Option(help: "How long it works, such as 30d, 12h or 45m. Default: for ever.")
    var expires: TimeSpan?

    @Option(help: "Keys of one tenant share its limits.")
    var tenant = "default"

    @Flag(help: "One JSON object with id and key.")
    var json = false

    func validate() throws {
        for name in toolset where !ToolAccess.toolsets.contains(name) {
            throw ValidationError(
                "There is no toolset \(name). The toolsets are: \(ToolAccess.toolsets.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let request = KeyRequest(
            name: name, level: level, tenant: tenant,
            guilds: guild.isEmpty ? .all : .only(Set(guild)),
            channels: channel.isEmpty ? .all : .only(Set(channel)),
            toolsets: toolset.isEmpty ? .all : .only(Set(toolset)),
            discordUser: user, rateLimit: rate,
            expiresAt: expires.map { WallClock.unixMilliseconds + $0.seconds * 1000 })
        let issued = try await location.withKeys { keys in
            var random = SystemRandomNumberGenerator()
            let issued = try await keys.create(request, using: &random)
            do {
                try await location.record("create_key", of: issued.record)
            } catch {
                // Nobody has seen its text.
                try await keys.revoke(issued.record.id)
                throw error
            }
            return issued
        }
        try KeyView(issued).announce(json: json)
    }
}
