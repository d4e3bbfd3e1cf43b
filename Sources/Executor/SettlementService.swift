import Contracts
import Logging
import Moderation
import ServiceLifecycle

/// Settles what the last run left open, at once and then regularly. Commands need not wait for it: one whose id is
/// still open is settled when it is asked for.
struct SettlementService: Service {
    static let interval: Duration = .seconds(15)

    let service: ModerationService
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var reported = 0
            while !Task.isCancelled {
                do throws(WireError) {
                    let inDoubt = try await service.settleOpenCommands()
                    if inDoubt > 0, inDoubt != reported {
                        logger.warning("commands in doubt", metadata: [LogKey.count: "\(inDoubt)"])
                    }
                    reported = inDoubt
                } catch {
                    logger.error("open commands not settled", metadata: [LogKey.error: "\(error.code.name)"])
                }
                // Cancelled: the process ends.
                try? await Task.sleep(for: Self.interval)
            }
        }
    }
}
