import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

@testable import Discord

/// A WebSocket server whose connections a test plays by hand.
struct ScriptedGateway: Sendable {
    /// One connection of the client.
    struct Peer: Sendable {
        enum Event: Sendable, Equatable {
            case payload(GatewayFrame)
            case close(code: Int?)
            case end
        }

        let uri: String
        fileprivate let channel: any NIOCore.Channel
        fileprivate let events: AsyncStream<Event>

        func next() async -> Event {
            for await event in events { return event }
            return .end
        }

        /// The next payload that is not a heartbeat.
        func payload() async -> GatewayFrame? {
            while true {
                guard case .payload(let frame) = await next() else { return nil }
                if frame.opcode != 1 { return frame }
            }
        }

        func send(_ json: String) {
            write(.text, ByteBuffer(string: json))
        }

        func send(bytes: [UInt8]) {
            write(.binary, ByteBuffer(bytes: bytes))
        }

        /// One message in two frames.
        func sendInParts(_ json: String) {
            let half = json.utf8.count / 2
            let bytes = Array(json.utf8)
            write(.text, ByteBuffer(bytes: bytes[..<half]), isLast: false)
            write(.continuation, ByteBuffer(bytes: bytes[half...]))
        }

        func hello(interval: Int = 60_000) {
            send(#"{"op": 10, "d": {"heartbeat_interval": \#(interval)}, "s": null, "t": null}"#)
        }

        func ready(resumeURL: String, session: String = "s-1") {
            dispatch(
                1, "READY",
                #"{"user": {"id": "42"}, "session_id": "\#(session)", "resume_gateway_url": "\#(resumeURL)", "guilds": []}"#
            )
        }

        func dispatch(_ sequence: Int, _ name: String, _ data: String = "{}") {
            send(#"{"t": "\#(name)", "s": \#(sequence), "op": 0, "d": \#(data)}"#)
        }

        func close(_ code: Int) {
            write(.connectionClose, ByteBuffer(integer: UInt16(code)))
        }

        /// As when a cable is cut.
        func drop() {
            channel.close(promise: nil)
        }

        private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer, isLast: Bool = true) {
            channel.writeAndFlush(WebSocketFrame(fin: isLast, opcode: opcode, data: data), promise: nil)
        }
    }

    private let channel: any NIOCore.Channel
    private let peers: AsyncStream<Peer>

    init() async throws {
        let (peers, arrived) = AsyncStream<Peer>.makeStream()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    let upgrader = NIOWebSocketServerUpgrader(
                        shouldUpgrade: { child, _ in child.eventLoop.makeSucceededFuture([:]) },
                        upgradePipelineHandler: { child, head in
                            child.eventLoop.makeCompletedFuture {
                                let (events, continuation) = AsyncStream<Peer.Event>.makeStream()
                                try child.pipeline.syncOperations.addHandler(PeerHandler(continuation))
                                arrived.yield(Peer(uri: head.uri, channel: child, events: events))
                            }
                        })
                    try child.pipeline.syncOperations.configureHTTPServerPipeline(
                        withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.peers = peers
    }

    var url: String { "ws://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    func connection() async -> Peer? {
        for await peer in peers { return peer }
        return nil
    }

    func close() async throws {
        try await channel.close()
    }
}

private final class PeerHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame

    private let events: AsyncStream<ScriptedGateway.Peer.Event>.Continuation

    init(_ events: AsyncStream<ScriptedGateway.Peer.Event>.Continuation) {
        self.events = events
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        var payload = frame.unmaskedData
        switch frame.opcode {
        case .text:
            if let payload = GatewayFrame(json: Array(payload.readableBytesView)) { events.yield(.payload(payload)) }
        case .connectionClose:
            events.yield(.close(code: payload.readInteger(as: UInt16.self).map { Int($0) }))
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.end)
        events.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
