import Bus
import Contracts
import Discord
import Logging
import Moderation
import ProcessKit
import ServiceLifecycle
import SharedState

/// The executor process: the server for commands, the ledger, and the ways to Discord, Redis, the gateway and the audit
/// writer.
func buildExecutor(_ context: ProcessContext) async throws -> [any Service] {
    let logger = context.logger
    guard let token = BotToken(try context.settings.required(.botToken)) else {
        throw ConfigurationFault(
            "DISCORD_BOT_TOKEN is not a token: it is empty or holds more than printable characters.")
    }
    let lock = try ExecutorLock(directory: context.dataDirectory.executor)
    let redis = try redis(context)
    let rest = discord(context, token: token, redis: redis)
    let reactor = try BusReactor()
    let records = try RecordProducer(reactor: reactor, address: context.bus.records, name: "executor", logger: logger)
    let queries = try BusClient(reactor: reactor, address: context.bus.queries, configuration: .queries)
    let ledger = try CommandLedger(path: "\(context.dataDirectory.executor)/ledger.sqlite", logger: logger)

    let now: @Sendable () -> Int64 = { WallClock.unixMilliseconds }
    let service = ModerationService(
        ledger: ledger,
        journal: BusAuditJournal(producer: records),
        grants: KeyStoreGrants(keys: KeyStore(redis: redis), logger: logger),
        guilds: GuildKnowledgeChain(
            first: GatewayGuildKnowledge(client: queries, now: now), second: RESTGuildKnowledge(rest: rest),
            logger: logger),
        discord: RESTDiscordActions(rest: rest, now: now),
        ceiling: context.settings.operatorCeiling,
        now: now,
        logger: logger)
    let handler = CommandHandler(service: service)
    let server = try BusServer(reactor: reactor, address: context.bus.commands, logger: logger) { request in
        await handler.respond(to: request)
    }
    // Before anything says that the process is ready.
    try await server.bind()
    context.heartbeat.addProbe { _ = await server.statistics }
    return [
        CommandService(
            server: server, records: records, reactor: reactor, ledger: ledger, rest: rest, redis: redis, lock: lock,
            readiness: context.readiness),
        SettlementService(service: service, logger: logger),
    ]
}

private func redis(_ context: ProcessContext) throws -> RedisClient {
    do {
        return RedisClient(url: try RedisURL(try context.settings.required(.redisURL)), logger: context.logger)
    } catch let error as RedisURL.Malformed {
        throw ConfigurationFault("REDIS_URL: \(error)")
    }
}

private func discord(_ context: ProcessContext, token: BotToken, redis: RedisClient) -> DiscordREST {
    // Gateway and executor share the limits: without Redis each keeps to its half.
    let ledger = RedisRateLedger(
        redis: redis, bot: token.sharedName, fallback: LocalRateLedger(share: 0.5), logger: context.logger)
    var configuration = DiscordREST.Configuration(
        projectURL: ProgramVersion.projectURL, version: ProgramVersion.current)
    configuration.baseURL = context.settings[.discordAPIURL]
    return DiscordREST(token: token, ledger: ledger, configuration: configuration, logger: context.logger)
}
