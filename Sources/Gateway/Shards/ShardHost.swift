import Archive
import Contracts
import Discord
import Ingestion
import Logging

/// Makes the groups of shards of this process from what the archive holds of their sessions.
struct ShardHost: Sendable {
    let fleet: GatewayFleet
    let archive: Archive
    let table: ShardTable
    /// Instead of Discord's: sessions of another server are not resumed.
    let gatewayURL: String?
    let publish: @Sendable (WireEvent) -> Void
    let now: @Sendable () -> Int64
    let logger: Logger

    /// - Parameter mayIdentify: false for shards that only go on with their session.
    func group(_ positions: [ShardPosition], mayIdentify: Bool = true) async throws -> ShardGroup {
        let botID = try await archive.identity()?.userID
        var shards: [ShardGroup.Shard] = []
        for position in positions {
            let ingestion = Ingestion(
                store: archive, shard: position.storageKey, botID: botID, now: now, logger: logger, publish: publish)
            let client = fleet.client(
                position, session: try await session(position), mayIdentify: mayIdentify)
            shards.append(ShardGroup.Shard(position: position, client: client, ingestion: ingestion))
        }
        return ShardGroup(shards: shards, archive: archive, logger: logger)
    }

    /// The complete other division of which sessions are stored: it goes on until the new one has all guilds.
    func former(than positions: [ShardPosition]) async throws -> ShardGroup? {
        let stored = try await archive.sessionShards().map(ShardPosition.init(storageKey:))
        for (count, former) in Dictionary(grouping: stored, by: \.count) where count != positions.first?.count {
            guard former.count == count else { continue }
            var sessions = 0
            for position in former where try await session(position) != nil { sessions += 1 }
            if sessions == count { return try await group(former, mayIdentify: false) }
        }
        return nil
    }

    /// Into how many shards the stored sessions divide the bot; nil: none is stored.
    func storedCount() async throws -> Int? {
        try await archive.sessionShards().last.map { ShardPosition(storageKey: $0).count }
    }

    private func session(_ position: ShardPosition) async throws -> GatewaySession? {
        try await archive.session(shard: position.storageKey).map(GatewaySession.init)
            .flatMap { $0.isAt(gatewayURL) ? $0 : nil }
    }
}
