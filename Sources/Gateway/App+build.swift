import Archive
import Bus
import Contracts
import Discord
import Ingestion
import Logging
import ProcessKit
import ServiceLifecycle
import SharedState

/// The gateway process: the shards' connections, the archive that they fill, and the server that answers
/// from it.
func buildGateway(_ context: ProcessContext) async throws -> [any Service] {
    let logger = context.logger
    guard let token = BotToken(try context.settings.required(.botToken)) else {
        throw ConfigurationFault(
            "DISCORD_BOT_TOKEN is not a token: it is empty or holds more than printable characters.")
    }
    let archive = try Archive(directory: context.dataDirectory.archive)
    let redis = try redis(context)
    let rest = discord(context, token: token, redis: redis)
    let reactor = try BusReactor()
    let publisher = try EventPublisher(
        reactor: reactor, address: context.bus.events,
        epoch: try await archive.nextEventEpoch(now: WallClock.unixMilliseconds), logger: logger)

    let directory = ShardTable()
    let shards = ShardHost(
        fleet: GatewayFleet(
            token: token, configuration: try gatewayConfiguration(context), turns: turns(context, token, redis),
            rest: rest, logger: logger),
        archive: archive, table: directory, gatewayURL: context.settings[.discordGatewayURL],
        publish: { event in publisher.publish(event) }, now: { WallClock.unixMilliseconds }, logger: logger)

    let queries = QueryService(
        archive: archive, discord: rest, shards: ShardDirectory { directory.views },
        position: { publisher.position }, now: { WallClock.unixMilliseconds }, logger: logger)
    let server = try BusServer(reactor: reactor, address: context.bus.queries, logger: logger) { request in
        switch request.header.kind {
        case .query: await queries.respond(to: request)
        case .replayRequest: publisher.answer(request)
        default: .refusal(WireError(.invalidArgument, "The gateway process answers queries only."))
        }
    }
    // Before anything says that the process is ready.
    try await publisher.bind()
    try await server.bind()
    context.heartbeat.addProbe { _ = await server.statistics }
    return [
        ReadService(
            server: server, reactor: reactor, archive: archive, rest: rest, redis: redis),
        IngestionService(
            host: shards, plan: ShardPlan(context.settings[.shards]) ?? .auto, archive: archive,
            readiness: context.readiness, logger: logger),
    ]
}

extension GatewayIntents {
    /// What the archive and the caches are made of. GUILD_MEMBERS and MESSAGE_CONTENT are privileged.
    static let ingested: GatewayIntents = [
        .guilds, .guildMembers, .guildModeration, .guildMessages, .guildMessageReactions, .guildMessagePolls,
        .messageContent,
    ]
}

private func gatewayConfiguration(_ context: ProcessContext) throws -> GatewayConfiguration {
    var intents = GatewayIntents.ingested
    let names = context.settings[.intents]
    do {
        if !names.isEmpty { intents = try GatewayIntents(names: names) }
    } catch {
        throw ConfigurationFault(
            "DISCORD_MCP_INTENTS: Discord has no intent \(error.name). "
                + "It has: \(GatewayIntents.allNames.joined(separator: ", ")).")
    }
    return GatewayConfiguration(
        intents: intents,
        compression: GatewayCompression(rawValue: context.settings[.gatewayCompression]) ?? .zstdStream,
        url: context.settings[.discordGatewayURL])
}

private func turns(_ context: ProcessContext, _ token: BotToken, _ redis: RedisClient?) -> any GatewayTurns {
    let local = LocalGatewayTurns()
    guard let redis else { return local }
    return RedisGatewayTurns(redis: redis, bot: token.sharedName, fallback: local, logger: context.logger)
}

private func redis(_ context: ProcessContext) throws -> RedisClient? {
    guard let url = context.settings[.redisURL] else { return nil }
    do {
        return RedisClient(url: try RedisURL(url), logger: context.logger)
    } catch {
        throw ConfigurationFault("REDIS_URL: \(error)")
    }
}

private func discord(_ context: ProcessContext, token: BotToken, redis: RedisClient?) -> DiscordREST {
    // Gateway and executor share the limits: without Redis each keeps to its half.
    let local = LocalRateLedger(share: 0.5)
    let ledger: any RateLedger =
        if let redis {
            RedisRateLedger(redis: redis, bot: token.sharedName, fallback: local, logger: context.logger)
        } else {
            local
        }
    var configuration = DiscordREST.Configuration(projectURL: "https://github.com/discord-mcp", version: "1.0")
    configuration.baseURL = context.settings[.discordAPIURL]
    return DiscordREST(token: token, ledger: ledger, configuration: configuration, logger: context.logger)
}
