public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOHTTPTypes
public import NIOPosix

/// Listens on a socket and serves its connections with a router.
///
/// The socket may be an inherited one that several processes listen on: then one of them drains while the others go
/// on accepting, and no request fails.
public final class MCPListener: Sendable {
    /// Where to listen.
    public enum Binding: Sendable {
        /// Port 0: a free one.
        case address(host: String, port: Int)
        /// A listening socket that another process opened; this listener closes its descriptor.
        case inherited(descriptor: CInt)
    }

    private static let backlog: CInt = 1024

    /// The port, when the socket is one that has a port.
    public let port: Int?

    private let acceptor: Acceptor
    private let connections = ConnectionRegistry()
    private let http: @Sendable (ConnectionInWork) -> HTTP1Channel
    private let sinks: SinkLimits
    private let date = HTTPDate()
    private let group: MultiThreadedEventLoopGroup
    private let logger: Logger

    /// Begins to listen; connections wait for ``serve()``.
    /// - Parameters:
    ///   - maximumConnections: when so many are open, further ones are left to wait, or to another process.
    ///   - group: its loops run the connections' tasks too.
    /// - Throws: when the address is taken or the descriptor is not a listening socket.
    public init(
        _ binding: Binding,
        router: Router<EdgeContext>,
        limits: ConnectionLimits = ConnectionLimits(),
        sinks: SinkLimits = SinkLimits(),
        maximumConnections: Int = 4096,
        group: MultiThreadedEventLoopGroup = .singleton,
        logger: Logger
    ) async throws {
        let socket: ListeningSocket
        switch binding {
        case .address(let host, let port):
            // Looking the host up may block.
            socket = try await NIOThreadPool.singleton.runIfActive {
                try ListeningSocket(host: host, port: port, backlog: Self.backlog)
            }
        case .inherited(let descriptor):
            socket = try ListeningSocket(adopting: descriptor)
        }
        port = socket.port
        acceptor = try Acceptor(socket, maximumConnections: maximumConnections, logger: logger)
        let responder = router.buildResponder()
        http = { Self.http(responder, limits, logger, $0) }
        self.sinks = sinks
        self.group = group
        self.logger = logger
    }

    /// Serves connections until the listener is drained, or the task is cancelled. To be called once.
    public func serve() async {
        // Not more than the acceptor has open at a time.
        let (descriptors, accepted) = AsyncStream.makeStream(of: CInt.self)
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { [acceptor] in
                    // Fails only when the pool is shut down, which happens after this.
                    try? await thread.runIfActive { acceptor.run { accepted.yield($0) } }
                    accepted.finish()
                }
                for await descriptor in descriptors {
                    let loop = self.group.next()
                    group.addTask(executorPreference: LoopExecutor(loop)) { await self.serve(descriptor, on: loop) }
                }
            }
        } onCancel: {
            acceptor.stop()
        }
        try? await thread.shutdownGracefully()
    }

    /// Stops accepting, lets requests in flight finish, and closes the connections. ``serve()`` returns when all are
    /// closed, ``ConnectionLimits/drain`` after this at the latest.
    public func drain() {
        acceptor.stop()
        connections.drain()
    }

    private func serve(_ descriptor: CInt, on loop: any EventLoop) async {
        defer { acceptor.connectionClosed() }
        let bootstrap = ClientBootstrap(group: loop).channelOption(.tcpOption(.tcp_nodelay), value: 1)
        do {
            let (connection, http, work) = try await bootstrap.withConnectedSocket(descriptor) {
                [http, logger, sinks, date] channel in
                let work = ConnectionInWork(channel, limits: sinks, date: date)
                let http = http(work)
                return http.setup(channel: channel, logger: logger).map { ($0, http, work) }
            }
            connections.add(connection.channel)
            await serve(connection, http, work)
            connections.remove(connection.channel)
        } catch {
            // The client was gone before its connection was set up.
            logger.debug("Connection failed", metadata: ["error": "\(error)"])
        }
    }

    /// A connection that closes cancels the request it has in work, when nobody waits for the answer any more.
    private func serve(_ connection: HTTP1Channel.Value, _ http: HTTP1Channel, _ work: ConnectionInWork) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [logger] in await http.handle(value: connection, logger: logger) }
            group.addTask { try? await connection.channel.closeFuture.get() }
            await group.next()
            if !work.outlivesConnection || connections.isDraining { group.cancelAll() }
        }
    }

    private static func http(
        _ responder: any HTTPResponder<EdgeContext>,
        _ limits: ConnectionLimits,
        _ logger: Logger,
        _ work: ConnectionInWork
    ) -> HTTP1Channel {
        HTTP1Channel(
            responder: { request, writer, channel in
                let source = ApplicationRequestContextSource(channel: channel, logger: logger)
                var response = try await responder.respond(
                    to: request, context: EdgeContext(source: source, connection: work))
                if let sink = work.finish() {
                    return await sink.untilEnded()
                }
                response.headers[.date] = work.date.text()
                try await writer.write(response: response.head, body: response.body)
            },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionHandler(limits: limits)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10,
                    maxHeaderListSize: 32 << 10,
                    maxHeaderFieldCount: 100
                )
            )
        )
    }
}
