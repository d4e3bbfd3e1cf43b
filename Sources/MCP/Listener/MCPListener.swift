public import Hummingbird
import HummingbirdCore
public import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOExtras
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

    private typealias Connection = HTTP1Channel.Value

    private let server: any Channel
    private let http: HTTP1Channel
    private let connections: AsyncStream<Connection>
    private let quiescing: ServerQuiescingHelper
    private let isDraining: NIOLockedValueBox<Bool>
    private let logger: Logger

    /// The port, when the socket is one that has a port.
    public var port: Int? {
        server.localAddress?.port
    }

    /// Begins to listen; connections are accepted and wait for ``serve()``.
    /// - Parameters:
    ///   - maximumConnections: when so many are open, further ones are left to wait, or to another process.
    ///   - group: its loops run the connections' tasks too.
    /// - Throws: when the address is taken or the descriptor is not a listening socket.
    public init(
        _ binding: Binding,
        router: Router<EdgeContext>,
        limits: ConnectionLimits = ConnectionLimits(),
        maximumConnections: Int = 4096,
        group: MultiThreadedEventLoopGroup = .singleton,
        logger: Logger
    ) async throws {
        self.logger = logger
        let isDraining = NIOLockedValueBox(false)
        let quiescing = ServerQuiescingHelper(group: group)
        let http = Self.http(router, limits, isDraining, logger)
        let (connections, accepted) = AsyncStream.makeStream(of: Connection.self)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let limit = MaximumAvailableConnections(maximumConnections, logger: logger)
                    let handlers = channel.pipeline.syncOperations
                    try handlers.addHandler(AvailableConnectionsChannelHandler(delegate: limit))
                    try handlers.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelInitializer { channel in
                http.setup(channel: channel, logger: logger).map { accepted.yield($0) }
            }
        switch binding {
        case .address(let host, let port): server = try await bootstrap.bind(host: host, port: port).get()
        case .inherited(let descriptor): server = try await bootstrap.withBoundSocket(descriptor).get()
        }
        server.closeFuture.whenComplete { _ in accepted.finish() }
        self.http = http
        self.connections = connections
        self.quiescing = quiescing
        self.isDraining = isDraining
    }

    /// Serves connections until the listener is drained, or the task is cancelled.
    public func serve() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await connection in connections {
                    let executor = LoopExecutor(connection.channel.eventLoop)
                    group.addTask(executorPreference: executor) { await self.serve(connection) }
                }
            }
        } onCancel: {
            server.close(promise: nil)
        }
    }

    /// Stops accepting, lets requests in flight finish, and closes the connections. ``serve()`` returns when all are
    /// closed, ``ConnectionLimits/drain`` after this at the latest.
    public func drain() {
        isDraining.withLockedValue { $0 = true }
        quiescing.initiateShutdown(promise: nil)
    }

    /// A connection that closes cancels the request it has in work: nobody waits for the answer.
    private func serve(_ connection: Connection) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.http.handle(value: connection, logger: self.logger) }
            group.addTask { try? await connection.channel.closeFuture.get() }
            await group.next()
            group.cancelAll()
        }
    }

    private static func http(
        _ router: Router<EdgeContext>,
        _ limits: ConnectionLimits,
        _ isDraining: NIOLockedValueBox<Bool>,
        _ logger: Logger
    ) -> HTTP1Channel {
        let responder = router.buildResponder()
        let date = HTTPDate()
        return HTTP1Channel(
            responder: { request, writer, channel in
                let context = EdgeContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
                var response = try await responder.respond(to: request, context: context)
                response.headers[.date] = date.text()
                try await writer.write(response: response.head, body: response.body)
            },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionHandler(limits: limits, isDraining: isDraining)],
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
            )
        )
    }
}
