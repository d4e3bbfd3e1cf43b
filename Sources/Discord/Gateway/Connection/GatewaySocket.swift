import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket

/// One WebSocket connection to the gateway.
struct GatewaySocket: Sendable {
    struct Refused: Error {}

    struct Message: Sendable {
        var isText: Bool
        var bytes: ByteBuffer
    }

    /// The largest message that is put together.
    static let maximumMessageBytes = 16 << 20
    /// Not 1000 or 1001: those would end the session.
    /// Source: <https://discord.com/developers/docs/events/gateway#initiating-a-disconnect>
    static let resumableCloseCode: UInt16 = 4000
    static let connectTimeout: TimeAmount = .seconds(10)
    static let closeTimeout: TimeAmount = .seconds(2)

    private typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    private let frames: Frames

    var eventLoop: any EventLoop { frames.channel.eventLoop }

    /// Connects, with TLS where the address says so, and upgrades. Ends early when the task is cancelled.
    static func open(_ address: WebSocketAddress, userAgent: String) async throws -> GatewaySocket {
        let tls = address.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        let opening = NIOLockedValueBox((any NIOCore.Channel)?.none)
        return try await withTaskCancellationHandler {
            let upgrade = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(connectTimeout)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: address.host, port: address.port) { channel in
                    opening.withLockedValue { $0 = channel }
                    return channel.eventLoop.makeCompletedFuture {
                        try configure(channel, address: address, tls: tls, userAgent: userAgent)
                    }
                }
            guard let frames = try await upgrade.get() else { throw Refused() }
            return GatewaySocket(frames: frames)
        } onCancel: {
            opening.withLockedValue { $0 }?.close(promise: nil)
        }
    }

    private static func configure(
        _ channel: any NIOCore.Channel,
        address: WebSocketAddress,
        tls: NIOSSLContext?,
        userAgent: String
    ) throws -> EventLoopFuture<Frames?> {
        if let tls {
            // A certificate can name a host; an address goes without SNI.
            let isName = (try? SocketAddress(ipAddress: address.host, port: 0)) == nil
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: isName ? address.host : nil)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let upgrader = NIOTypedWebSocketClientUpgrader<Frames?>(maxFrameSize: maximumMessageBytes) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                let aggregator = NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1 << 16,
                    maxAccumulatedFrameSize: maximumMessageBytes)
                try channel.pipeline.syncOperations.addHandler(aggregator)
                return try Frames(wrappingChannelSynchronously: channel)
            }
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: address.path,
            headers: ["Host": address.authority, "User-Agent": userAgent])
        let configuration = NIOTypedHTTPClientUpgradeConfiguration<Frames?>(
            upgradeRequestHead: head, upgraders: [upgrader]
        ) { channel in
            channel.close().map { nil }
        }
        var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: configuration)
        // HELLO can arrive in the same read as the upgrade's answer; the default drops it.
        pipeline.leftOverBytesStrategy = .forwardBytes
        let upgrade = try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: pipeline)
        // A server that accepts and then says nothing.
        let timeout = channel.eventLoop.scheduleTask(in: connectTimeout) { channel.close(promise: nil) }
        upgrade.whenComplete { _ in timeout.cancel() }
        return upgrade
    }

    func send(_ payload: [UInt8]) {
        write(.text, ByteBuffer(bytes: payload), promise: nil)
    }

    /// Says goodbye so that the session can be resumed, and closes soon whatever the other side does.
    func close() {
        let sent = frames.channel.eventLoop.makePromise(of: Void.self)
        let channel = frames.channel
        write(.connectionClose, ByteBuffer(integer: Self.resumableCloseCode), promise: sent)
        let timeout = channel.eventLoop.scheduleTask(in: Self.closeTimeout) { channel.close(promise: nil) }
        sent.futureResult.whenComplete { _ in
            timeout.cancel()
            channel.close(promise: nil)
        }
    }

    /// Gives each message to the handler, in order and one at a time, until the connection ends; then the close code
    /// that the other side gave. Cancelling the task closes so that the session can be resumed.
    @concurrent
    func receive(_ handle: @Sendable (Message) async -> Void) async -> Int? {
        var code: Int?
        try? await frames.executeThenClose { inbound, _ in
            try await withTaskCancellationHandler {
                for try await frame in inbound {
                    switch frame.opcode {
                    case .text, .binary: await handle(Message(isText: frame.opcode == .text, bytes: frame.unmaskedData))
                    case .ping: write(.pong, frame.unmaskedData, promise: nil)
                    case .connectionClose:
                        var data = frame.unmaskedData
                        code = data.readInteger(as: UInt16.self).map { Int($0) }
                        write(.connectionClose, frame.unmaskedData, promise: nil)
                        return
                    default: break
                    }
                }
            } onCancel: {
                close()
            }
        }
        return code
    }

    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, promise: EventLoopPromise<Void>?) {
        frames.channel.writeAndFlush(
            WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data), promise: promise)
    }
}
