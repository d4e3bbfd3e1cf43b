import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

@testable import DiscordSandbox

/// A bare gateway client: plain JSON, no heartbeats of its own.
struct GatewayProbe {
    typealias Wire = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    private var heard: AsyncStream<Heard>.Iterator
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// What came: a payload, or the end with the close code, if there was one.
    enum Heard: Sendable { case payload(JSONValue), ended(UInt16?) }

    static func with(
        _ sandbox: SandboxDescription, query: String = "v=10&encoding=json",
        _ body: (inout GatewayProbe) async throws -> Void
    ) async throws {
        let port = Int(sandbox.gatewayURL.split(separator: ":").last ?? "") ?? 0
        let upgrade = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketClientUpgrader<Wire>(maxFrameSize: 1 << 22) { channel, _ in
                        channel.eventLoop.makeCompletedFuture { try Wire(wrappingChannelSynchronously: channel) }
                    }
                    let head = HTTPRequestHead(
                        version: .http1_1, method: .GET, uri: "/?\(query)",
                        headers: ["Host": "127.0.0.1", "Content-Length": "0"])
                    let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                        upgradeRequestHead: head, upgraders: [upgrader]
                    ) { channel in channel.eventLoop.makeFailedFuture(ChannelError.eof) }
                    var pipeline = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: configuration)
                    // HELLO may come in one segment with the answer to the handshake.
                    pipeline.leftOverBytesStrategy = .forwardBytes
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: pipeline)
                }
            }
        try await upgrade.get().executeThenClose { inbound, outbound in
            let (stream, continuation) = AsyncStream.makeStream(of: Heard.self)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    defer { continuation.finish() }
                    for try await frame in inbound { try Self.parse(frame).map { _ = continuation.yield($0) } }
                }
                var probe = GatewayProbe(heard: stream.makeAsyncIterator(), outbound: outbound)
                try await body(&probe)
                group.cancelAll()
            }
        }
    }

    private static func parse(_ frame: WebSocketFrame) throws -> Heard? {
        var data = frame.unmaskedData
        switch frame.opcode {
        case .text: return .payload(try JSONParser.parse(Array(data.readableBytesView)))
        case .connectionClose: return .ended(data.readInteger(as: UInt16.self))
        default: return nil
        }
    }

    func send(_ op: Int, _ data: JSONValue) async throws {
        let bytes = (["op": .int(op), "d": data] as JSONValue).utf8
        try await outbound.write(
            WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer(bytes: bytes)))
    }

    mutating func next() async -> Heard {
        await heard.next(isolation: #isolation) ?? .ended(nil)
    }

    /// The next payload of that op, and of that event if named.
    mutating func next(op: Int, _ name: String? = nil) async throws -> JSONValue {
        while true {
            guard case .payload(let payload) = await next() else { throw ChannelError.eof }
            if payload["op"]?.int == op, name == nil || payload["t"]?.string == name { return payload }
        }
    }

    mutating func end() async -> UInt16? {
        while true {
            if case .ended(let code) = await next() { return code }
        }
    }

    mutating func identify(_ sandbox: SandboxDescription) async throws -> JSONValue {
        _ = try await next(op: 10)
        try await send(
            2,
            [
                "token": .string(sandbox.token), "intents": .int(Intents.documented.rawValue), "properties": [:],
            ])
        let ready = try await next(op: 0, "READY")
        _ = try await next(op: 0, "GUILD_CREATE")
        return ready["d"] ?? .null
    }
}
