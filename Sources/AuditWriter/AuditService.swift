import AuditLog
import Bus
import ProcessKit
import ServiceLifecycle

/// Serves records until the stop, then writes what was taken and closes the log.
struct AuditService: Service {
    let journal: Journal
    let server: RecordServer
    let reactor: BusReactor
    let readiness: Readiness

    func run() async throws {
        try await server.bind()
        readiness.ready()
        try await withGracefulShutdownHandler {
            try await server.run()
        } onGracefulShutdown: {
            server.drain()
        }
        await reactor.shutdown()
        try await journal.close()
    }
}
