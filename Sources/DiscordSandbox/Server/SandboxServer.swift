public import Logging
import NIOCore
import NIOPosix

/// Discord's REST API and gateway on one port of this machine.
public struct SandboxServer: Sendable {
    private let options: SandboxOptions
    private let logger: Logger

    /// A server that listens once it runs.
    public init(options: SandboxOptions = SandboxOptions(), logger: Logger) {
        self.options = options
        self.logger = logger
    }

    /// Listens and serves until its task is cancelled, which is the regular end.
    /// - Parameter onReady: called once, when clients can connect.
    /// - Throws: when the address can not be bound, or what `onReady` throws.
    public func run(onReady: @Sendable (SandboxDescription) async throws -> Void) async throws {
        let sandbox = Sandbox(options: options) { Timestamp.current }
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: options.host, port: options.port) { channel in
                channel.eventLoop.makeCompletedFuture { try HTTPStage.configure(channel) }
            }
        let port = server.channel.localAddress?.port ?? options.port
        await sandbox.serve(at: options.host.contains(":") ? "[\(options.host)]:\(port)" : "\(options.host):\(port)")
        logger.info("Sandbox listens", metadata: ["port": "\(port)"])
        try await withThrowingTaskGroup { group in
            group.addTask { try await Self.accept(on: server, sandbox, logger) }
            group.addTask { try await Self.keepTime(of: sandbox, every: options.heartbeatInterval / 8) }
            if let trickle = options.trickle {
                group.addTask {
                    while true {
                        try await Task.sleep(for: trickle)
                        await sandbox.step()
                    }
                }
            }
            do {
                try await onReady(await sandbox.description)
                // The first task that fails ends the server: waitForAll would wait for the others.
                try await group.next()
            } catch is CancellationError {
                // The regular end.
            }
            group.cancelAll()
        }
    }

    private static func keepTime(of sandbox: Sandbox, every interval: Duration) async throws {
        while true {
            try await Task.sleep(for: interval)
            await sandbox.tick()
        }
    }

    private static func accept(
        on server: NIOAsyncChannel<ConnectionChannel, Never>, _ sandbox: Sandbox, _ logger: Logger
    ) async throws {
        try await server.executeThenClose { children in
            try await withThrowingDiscardingTaskGroup { group in
                for try await child in children {
                    group.addTask {
                        do {
                            try await ClientConnection(sandbox: sandbox).serve(child)
                        } catch {
                            // Broken connections are a client's everyday life.
                            logger.debug("A connection ended", metadata: ["error": "\(error)"])
                        }
                    }
                }
            }
        }
    }
}
