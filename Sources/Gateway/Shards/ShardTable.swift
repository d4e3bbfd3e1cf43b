import Discord
import Ingestion
import NIOConcurrencyHelpers

/// The shards that queries see: those of the division that is in use.
final class ShardTable: Sendable {
    private let shards = NIOLockedValueBox<[ShardGroup.Shard]>([])

    var views: [ShardView] {
        shards.withLockedValue { $0 }.map { shard in
            ShardView(
                metrics: { shard.client.metrics }, progress: { shard.ingestion.progress }, position: shard.position)
        }
    }

    func show(_ group: ShardGroup) {
        shards.withLockedValue { $0 = group.shards }
    }
}
