import Archive
import Contracts
import Discord
import Ingestion
import Logging
import NIOConcurrencyHelpers

/// The shards of one division of the bot's guilds that this process serves.
final class ShardGroup: Sendable {
    struct Shard: Sendable {
        let position: ShardPosition
        let client: GatewayClient
        let ingestion: Ingestion

        /// The guild's snapshot has come in this session.
        func hasArrived(_ guild: Snowflake) -> Bool {
            ingestion.progress.awaitedGuilds.map { !$0.contains(guild) } ?? false
        }
    }

    let shards: [Shard]
    let archive: Archive
    let logger: Logger
    private let stopping = AsyncStream<Never>.makeStream()
    private let successor = NIOLockedValueBox<ShardGroup?>(nil)

    init(shards: [Shard], archive: Archive, logger: Logger) {
        self.shards = shards
        self.archive = archive
        self.logger = logger
    }

    var shardCount: Int { shards.first?.position.count ?? 0 }

    /// Until `stop`, or the task's cancelling; the connections are closed so that they can be resumed.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for shard in shards {
                let members = MemberFill(client: shard.client, archive: archive, logger: logger)
                group.addTask { [successor] in
                    try await shard.client.run { batch in
                        let next = successor.withLockedValue { $0 }
                        try await shard.ingestion.apply(next?.leavingOut(batch) ?? batch)
                        members.note(batch)
                    }
                }
                group.addTask { try await members.run() }
            }
            group.addTask { [stopping] in for await _ in stopping.stream {} }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    func stop() {
        stopping.continuation.finish()
    }

    /// That group takes over: what it counts already is not counted again.
    func handOver(to group: ShardGroup) {
        successor.withLockedValue { $0 = group }
    }

    /// Returns when every shard has a session and all its guilds.
    func waitForSessions() async {
        await withTaskGroup(of: Void.self) { group in
            for shard in shards { group.addTask { await shard.ingestion.waitForSession() } }
        }
    }

    /// Joins and leaves of guilds whose snapshot came here count members that the snapshot counts.
    private func leavingOut(_ batch: [GatewayDispatch]) -> [GatewayDispatch] {
        batch.filter { dispatch in
            guard ["GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"].contains(dispatch.name),
                let guild = dispatch.guildID, let shard = shards.first(where: { $0.position.holds(guild) })
            else { return true }
            return !shard.hasArrived(guild)
        }
    }
}
