import Archive
import Bus
import Discord
import ServiceLifecycle
import SharedState

/// Answers queries until the stop, then closes what the process holds. It is stopped after the ingestion.
struct ReadService: Service {
    let server: BusServer
    let reactor: BusReactor
    let archive: Archive
    let rest: DiscordREST
    let redis: RedisClient?

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            server.drain()
        }
        await reactor.shutdown()
        try await rest.shutdown()
        await redis?.close()
        try archive.close()
    }
}
