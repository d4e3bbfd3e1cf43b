import AuditLog
import Contracts
import Logging
import ServiceLifecycle

/// Signs the end of the log when it has grown: at most that much can be cut off without a trace.
struct CheckpointService: Service {
    static let interval: Duration = .seconds(10)

    let journal: Journal
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Cancelled: the process ends, and closing the journal signs once more.
                try? await Task.sleep(for: Self.interval)
                do {
                    try await journal.checkpoint()
                } catch {
                    logger.error("a checkpoint cannot be signed", metadata: [LogKey.error: "\(error)"])
                }
            }
        }
    }
}
