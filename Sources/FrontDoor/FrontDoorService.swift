import Bus
import MCP
import ProcessKit
import ServiceLifecycle

/// Serves HTTP until the stop, then lets requests in flight finish and the records of them reach the audit writer.
struct FrontDoorService: Service {
    let listener: MCPListener
    let server: MCPServer
    let mirror: DirectoryMirror
    let producer: RecordProducer
    let reactor: BusReactor
    let readiness: Readiness

    func run() async throws {
        readiness.ready()
        await withTaskGroup(of: Void.self) { group in
            // Fails only when the bus is shut down, and that happens below.
            group.addTask { try? await mirror.run() }
            group.addTask { await server.run() }
            await withGracefulShutdownHandler {
                await listener.serve()
            } onGracefulShutdown: {
                // Streams that stay open end first: each is a request that the listener waits for.
                server.drain()
                listener.drain()
            }
            server.stop()
            group.cancelAll()
        }
        // Lost records of reads are counted in the log; a stop does not wait longer for an audit writer that is away.
        try? await producer.flush(within: .seconds(2))
        await reactor.shutdown()
    }
}
