import Discord
import Logging

/// Our gateway client, remembering which events have come.
actor ObservedGateway {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// What the exercise must have caused.
    static let expected: Set<String> = [
        "READY", "GUILD_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK",
        "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE",
        "GUILD_ROLE_DELETE", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE",
        "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE",
        "CHANNEL_PINS_UPDATE", "GUILD_AUDIT_LOG_ENTRY_CREATE",
    ]

    private let client: GatewayClient
    private var seen: Set<String> = []
    /// One element for whatever has come since the last look.
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    init(token: BotToken, url: String, rest: DiscordREST, logger: Logger) {
        let configuration = GatewayConfiguration(
            intents: [
                .guilds, .guildMembers, .guildModeration, .guildMessages, .guildMessageReactions, .messageContent,
            ], url: url)
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // For a look before anything has come.
        changed.yield()
        let fleet = GatewayFleet(
            token: token, configuration: configuration, turns: LocalGatewayTurns(), rest: rest, logger: logger)
        client = fleet.client(ShardPosition(), session: nil)
    }

    /// False when the connection is lost for good.
    func run() async -> Bool {
        do {
            try await client.run { dispatches in await self.note(dispatches.map(\.name)) }
            return true
        } catch {
            print("FAIL gateway: \(error)")
            return false
        }
    }

    /// Throws after 30 seconds.
    func wait(for names: Set<String>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.untilSeen(names) }
            group.addTask {
                try await ContinuousClock().sleep(for: .seconds(30))
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        let missing = names.subtracting(seen).sorted()
        if !missing.isEmpty { throw Missing(description: "no \(missing.joined(separator: ", "))") }
    }

    private func untilSeen(_ names: Set<String>) async {
        for await _ in changes where names.isSubset(of: seen) { return }
    }

    private func note(_ names: [String]) {
        seen.formUnion(names)
        changed.yield()
    }
}
