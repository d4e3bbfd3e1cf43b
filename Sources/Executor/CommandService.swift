import Bus
import Contracts
import Discord
import Moderation
import ProcessKit
import ServiceLifecycle
import SharedState

/// Serves commands until the stop, lets those under way finish, sees their outcomes to the audit writer and closes what
/// the process holds.
struct CommandService: Service {
    /// Outcomes that are not acknowledged by then are in the ledger, and are recorded after the next start.
    private static let flushLimit: Duration = .seconds(2)

    let server: BusServer
    let records: RecordProducer
    let reactor: BusReactor
    let ledger: CommandLedger
    let rest: DiscordREST
    let redis: RedisClient
    let lock: ExecutorLock
    let readiness: Readiness

    func run() async throws {
        readiness.ready()
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            server.drain()
        }
        try? await records.flush(within: Self.flushLimit)
        await reactor.shutdown()
        try await rest.shutdown()
        await redis.close()
        try ledger.close()
        lock.release()
    }
}
