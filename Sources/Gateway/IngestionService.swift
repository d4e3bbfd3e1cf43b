import Archive
import Contracts
import Discord
import Ingestion
import Logging
import ProcessKit
import ServiceLifecycle

/// Keeps the connection to Discord until the stop; it is closed so that the session can be resumed.
struct IngestionService: Service {
    /// While Discord is away the archive still answers: after this time the process says that it is ready all the same.
    static let patience: Duration = .seconds(8)

    let client: GatewayClient
    let ingestion: Ingestion
    let archive: Archive
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await client.run { batch in try await ingestion.apply(batch) } }
                    group.addTask { try await becomeReady() }
                    try await group.waitForAll()
                }
            }
        } catch let failure as GatewayFailure {
            throw ConfigurationFault(failure.description)
        } catch is CancellationError {
            // The stop.
        }
    }

    private func becomeReady() async throws {
        let isConnected = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await ingestion.waitForSession()
                return !Task.isCancelled
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        try Task.checkCancellation()
        if isConnected {
            readiness.report("connected to \(try await archive.counts().guilds) guilds")
        } else {
            logger.warning("Discord has not answered yet; reads come from the archive until it does.")
            readiness.report("connecting; reads come from the archive")
        }
        readiness.ready()
    }
}
