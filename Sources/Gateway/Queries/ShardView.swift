import Contracts
import Discord
import Ingestion

/// How the connection to Discord stands, as the queries see it.
struct ShardView: Sendable {
    /// The connection's own figures.
    var metrics: @Sendable () -> GatewayMetrics
    /// What of it is in the archive.
    var progress: @Sendable () -> Ingestion.Progress
    var position = ShardPosition()

    /// Everything that Discord has sent is in the archive, and it goes on sending.
    var isCurrent: Bool {
        let metrics = metrics()
        return metrics.state == .ready && progress().sequence >= metrics.sequence
    }

    var status: WireShardStatus {
        let metrics = metrics()
        return .make {
            $0.id = UInt32(clamping: position.id)
            $0.state = metrics.state.rawValue
            $0.sequence = UInt64(clamping: metrics.sequence)
            $0.reconnects = UInt64(clamping: metrics.reconnects)
            $0.resumes = UInt64(clamping: metrics.resumes)
            $0.identifies = UInt64(clamping: metrics.identifies)
            $0.heartbeatRttMs = metrics.heartbeatRoundTrip.map { $0 / .milliseconds(1) } ?? -1
            $0.lastClose = metrics.lastClose
        }
    }
}

/// The shards of this process.
struct ShardDirectory: Sendable {
    var all: @Sendable () -> [ShardView]

    /// Nil: another process serves that guild, or no shard was started yet.
    func serving(_ guild: Snowflake) -> ShardView? {
        all().first { $0.position.holds(guild) }
    }
}
