import Contracts
import Logging

/// Writes down what could not be read: no content, which belongs to people, and not without end.
struct FaultLog {
    /// Lines in a minute; the rest is counted.
    static let limit = 10
    static let window: Duration = .seconds(60)

    private var start = Duration.zero
    private var lines = 0
    private var suppressed = 0

    /// - Parameter reason: ours, without a word of what was received.
    mutating func record(_ reason: String, bytes: Int, shard: ShardPosition, at now: Duration, _ logger: Logger) {
        if now - start >= Self.window {
            if suppressed > 0 {
                logger.warning(
                    "More of what the gateway sent could not be read.",
                    metadata: [LogKey.count: "\(suppressed)", LogKey.shard: "\(shard)"])
            }
            self = FaultLog()
            start = now
        }
        guard lines < Self.limit else {
            suppressed += 1
            return
        }
        lines += 1
        logger.warning(
            "Something that the gateway sent cannot be read; it is left out.",
            metadata: [LogKey.reason: "\(reason)", LogKey.size: "\(bytes)", LogKey.shard: "\(shard)"])
    }
}
