import NIOCore
import NIOWebSocket

/// A connection as gateway: what comes in goes to the sandbox, what the sandbox has to say goes out.
struct GatewayConnection: Sendable {
    private static let closeAnswerLimit: Duration = .seconds(2)

    private let sandbox: Sandbox
    private let channel: any NIOCore.Channel
    private let outbound: NIOAsyncChannelOutboundWriter<ConnectionOutput>
    private let compression: TransportFraming.Kind
    private let id: UInt64
    private let wire: AsyncStream<Sandbox.Wire>

    init(
        sandbox: Sandbox, channel: any NIOCore.Channel, outbound: NIOAsyncChannelOutboundWriter<ConnectionOutput>,
        query: [APICall.QueryItem]
    ) async {
        self.sandbox = sandbox
        self.channel = channel
        self.outbound = outbound
        compression = TransportFraming.Kind(rawValue: query.last { $0.name == "compress" }?.value ?? "") ?? .none
        (id, wire) = await sandbox.openGateway(version: query.last { $0.name == "v" }?.value)
    }

    /// False when the client closed the connection.
    func receive(_ frame: WebSocketFrame) async throws -> Bool {
        switch frame.opcode {
        case .text, .binary: await sandbox.receive(Array(frame.unmaskedData.readableBytesView), on: id)
        case .ping: try await outbound.write(.frame(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)))
        case .connectionClose:
            var data = frame.unmaskedData
            await close(code: data.readInteger(as: UInt16.self))
            try await outbound.write(
                .frame(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData)))
            return false
        default: break
        }
        return true
    }

    /// - Parameter code: the client's close code; nil when the connection just broke.
    func close(code: UInt16?) async {
        await sandbox.closeGateway(id, code: code)
    }

    /// Sends until the sandbox ends it; closing the channel ends the reader as well.
    func write() async throws {
        let framing = TransportFraming(compression)
        for await item in wire {
            switch item {
            case .half(let bytes):
                let whole = framing.frame(bytes)
                let data = ByteBuffer(bytes: whole.prefix(whole.count / 2))
                let opcode: WebSocketOpcode = framing.isText ? .text : .binary
                try await outbound.write(.frame(WebSocketFrame(fin: false, opcode: opcode, data: data)))
                return channel.close(promise: nil)
            case .payload(let bytes):
                let data = ByteBuffer(bytes: framing.frame(bytes))
                let opcode: WebSocketOpcode = framing.isText ? .text : .binary
                try await outbound.write(.frame(WebSocketFrame(fin: true, opcode: opcode, data: data)))
            case .close(let code):
                var data = ByteBuffer()
                data.write(webSocketErrorCode: .unknown(code.rawValue))
                data.writeString(code.reason)
                try await outbound.write(.frame(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)))
                // TCP ends after the client's answer, which ends the reader and cancels this wait.
                try await Task.sleep(for: Self.closeAnswerLimit)
                return channel.close(promise: nil)
            case .cut: return channel.close(promise: nil)
            }
        }
    }
}
