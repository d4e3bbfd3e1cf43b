import ArgumentParser
import Contracts
import Discord
import Foundation
import Logging
import SharedState

/// One of several processes that spend one bot token at full load, for `Tests/Judges/shared_token.py`. It runs until it
/// is killed; the sandbox counts.
@main struct SharedTokenDriver: AsyncParsableCommand {
    @Option(help: "The ready file of a sandbox.")
    var world: String

    @Option(help: "URL of the shared Redis.")
    var redis: String

    @Option(help: "The part of the limits that this process keeps to without Redis.")
    var share = 0.25

    @Flag(help: "Call each route once, then end: buckets that routes share can only be known after an answer of each.")
    var learnOnly = false

    private struct World: Decodable {
        let url: String
        let token: String
        let guild: Snowflake
        let channels: [String: Snowflake]
        let users: [String: Snowflake]

        enum CodingKeys: String, CodingKey {
            case token
            case url = "rest_url"
            case guild = "guild_id"
            case channels = "channel_ids"
            case users = "user_ids"
        }
    }

    func run() async throws {
        let world = try DiscordJSON.decode(World.self, from: Data(contentsOf: URL(filePath: self.world)))
        guard let token = BotToken(world.token) else { throw ValidationError("the world has no token") }
        let silent = Logger(label: "driver") { _ in SwiftLogNoOpLogHandler() }
        let ledger = RedisRateLedger(
            redis: RedisClient(url: try RedisURL(redis), logger: silent), bot: token.sharedName,
            fallback: LocalRateLedger(share: share), logger: silent)
        var configuration = DiscordREST.Configuration(projectURL: "https://example.org/driver", version: "1.0")
        configuration.baseURL = world.url
        configuration.defaultTimeout = .seconds(60)
        let rest = DiscordREST(token: token, ledger: ledger, configuration: configuration, logger: silent)
        let calls = SharedTokenLoad(
            rest: rest, guild: world.guild,
            channels: ["general", "help", "off-topic", "deutsch"].compactMap { world.channels[$0] },
            target: world.users["ada"] ?? world.guild)
        if learnOnly {
            try await calls.once()
            try await rest.shutdown()
        } else {
            await calls.forever()
        }
    }
}
