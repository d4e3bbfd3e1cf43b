import Bus
import Contracts
import Logging
import Moderation
import TestSupport

@testable import Executor

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// The executor's command path over real sockets and a real ledger; Discord, keys and guilds are made up.
struct ExecutorBench: Sendable {
    static let guild = Snowflake(100)
    static let channel = Snowflake(200)

    let client: BusClient
    let discord: CountingDiscord
    let audit: AuditBook

    /// Runs the body beside a command server and an audit writer, and ends them.
    static func run(
        hasAudit: Bool = true,
        _ body: @escaping @Sendable (ExecutorBench) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            let reactor = try BusReactor()
            let audit = AuditBook()
            let discord = CountingDiscord()
            let ledger = try CommandLedger(path: directory + "/ledger.sqlite", logger: quiet)
            let producer = try RecordProducer(
                reactor: reactor, address: addresses.records, name: "executor", logger: quiet)
            let journal = BusAuditJournal(producer: producer, patience: hasAudit ? .seconds(10) : .milliseconds(200))
            let handler = CommandHandler(
                service: ModerationService(
                    ledger: ledger, journal: journal, grants: OneKey(), guilds: OneGuild(),
                    discord: discord, ceiling: OperatorCeiling(), now: reactor.clock.unixMilliseconds, logger: quiet))
            let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quiet) { request in
                await handler.respond(to: request)
            }
            let records = try RecordServer(
                reactor: reactor, address: addresses.records, known: [:], logger: quiet
            ) { batch in await audit.store(batch) }
            try await server.bind()
            if hasAudit { try await records.bind() }
            let client = try BusClient(reactor: reactor, address: addresses.commands, configuration: .commands)
            let bench = ExecutorBench(client: client, discord: discord, audit: audit)
            try await withThrowingTaskGroup { group in
                group.addTask { try await server.run() }
                if hasAudit { group.addTask { try await records.run() } }
                let outcome: Result<Void, any Error>
                do { outcome = .success(try await body(bench)) } catch { outcome = .failure(error) }
                server.drain()
                records.drain()
                try await group.waitForAll()
                try outcome.get()
            }
            await reactor.shutdown()
            try ledger.close()
        }
    }

    func send(
        _ content: String = "hello",
        id: UInt64 = 1,
        key: String = "key",
        within milliseconds: Int64 = 20_000
    ) async throws -> (reply: WireCommandReply, json: String) {
        var command = WireCommand()
        command.principal.keyID = key
        command.principal.tenant = "t"
        command.tool = ToolAccess.sendMessage.name
        command.argumentsDigest = .init(Array(content.utf8))
        command.sendMessage.channelID = Self.channel.rawValue
        command.sendMessage.content = content
        return try await ask(command.wireBytes, id: id, within: milliseconds)
    }

    func ask(
        _ body: [UInt8],
        id: UInt64 = 1,
        within milliseconds: Int64 = 20_000
    ) async throws -> (reply: WireCommandReply, json: String) {
        let answer = try await client.request(
            kind: .command, body: body, id: MessageID(high: 0, low: id),
            deadline: BusClock.system.unixMilliseconds() + milliseconds)
        return (try WireCommandReply(wireBytes: answer.body), String(decoding: answer.attachment ?? [], as: UTF8.self))
    }
}

/// What the audit writer was given.
actor AuditBook {
    private(set) var records: [WireAuditRecord] = []

    func store(_ batch: [IncomingRecord]) -> [UInt64] {
        batch.map { incoming in
            if let record = try? WireAuditRecord(wireBytes: incoming.body) { records.append(record) }
            return UInt64(records.count)
        }
    }
}

/// Counts posts.
actor CountingDiscord: DiscordActions {
    private(set) var posts = 0

    func post(
        _ draft: MessageDraft, tag: CommandTag, deadline: CommandDeadline
    ) async throws(DiscordFailure) -> PostedMessage {
        posts += 1
        return PostedMessage(id: Snowflake(5000), channel: draft.channel, time: 0)
    }

    func carryOut(_ effect: PlannedEffect, auditReason: String, deadline: CommandDeadline) async throws(DiscordFailure)
    {}

    func look(for effect: PlannedEffect, tag: CommandTag, since createdAt: Int64) async -> Finding { .unclear }

    func author(of message: Snowflake, in channel: Snowflake) async throws(DiscordFailure) -> Snowflake? { nil }
}

struct OneKey: GrantDirectory {
    func grant(for principal: WirePrincipal) async throws(WireError) -> AccessGrant? {
        principal.keyID == "key" ? AccessGrant(keyID: "key", tenant: "t", name: "test", level: .admin) : nil
    }
}

/// A guild that the bot owns, or a source that is away.
struct OneGuild: GuildKnowledge {
    var failure: WireError?
    var name = "guild"

    func moderationContext(
        guild: Snowflake?, channel: Snowflake?, user: Snowflake?
    ) async throws(WireError) -> WireModerationContext {
        if let failure { throw failure }
        var everyone = WireRoleState()
        everyone.id = ExecutorBench.guild.rawValue
        var context = WireModerationContext()
        context.guildID = ExecutorBench.guild.rawValue
        context.guildName = name
        context.ownerID = 1
        context.roles = [everyone]
        context.bot.userID = 1
        context.channel.id = ExecutorBench.channel.rawValue
        context.channel.guildID = ExecutorBench.guild.rawValue
        return context
    }
}
