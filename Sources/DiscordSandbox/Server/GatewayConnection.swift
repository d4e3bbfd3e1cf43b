import NIOCore
import NIOWebSocket

/// One gateway WebSocket: what comes in goes to the sandbox, what the sandbox has to say goes out.
struct GatewayConnection: Sendable {
    private struct Ended: Error {}

    let sandbox: Sandbox
    let query: [APICall.QueryItem]

    func serve(_ channel: UpgradedChannel.Gateway) async throws {
        let compression = TransportFraming.Kind(rawValue: query.last { $0.name == "compress" }?.value ?? "") ?? .none
        let (id, wire) = await sandbox.openGateway(version: query.last { $0.name == "v" }?.value)
        var code: UInt16?
        do {
            code = try await channel.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup(of: UInt16?.self) { group in
                    group.addTask { try await Self.write(wire, to: outbound, TransportFraming(compression)) }
                    group.addTask { try await read(inbound, outbound, id: id) }
                    defer { group.cancelAll() }
                    return try await group.next() ?? nil
                }
            }
        } catch {
            await sandbox.closeGateway(id, code: nil)
            throw error
        }
        await sandbox.closeGateway(id, code: code)
    }

    /// Ends with the client's close code, or nil when the connection just broke.
    private func read(
        _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
        id: UInt64
    ) async throws -> UInt16? {
        for try await frame in inbound {
            switch frame.opcode {
            case .text, .binary: await sandbox.receive(Array(frame.unmaskedData.readableBytesView), on: id)
            case .ping:
                try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
            case .connectionClose:
                var data = frame.unmaskedData
                let code = data.readInteger(as: UInt16.self)
                try? await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: frame.unmaskedData))
                return code
            default: break
            }
        }
        return nil
    }

    private static func write(
        _ wire: AsyncStream<Sandbox.Wire>, to outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
        _ framing: TransportFraming
    ) async throws -> UInt16? {
        var framing = framing
        for await item in wire {
            switch item {
            case .payload(let bytes):
                let data = ByteBuffer(bytes: framing.frame(bytes))
                try await outbound.write(
                    WebSocketFrame(fin: true, opcode: framing.isText ? .text : .binary, data: data))
            case .close(let code):
                var data = ByteBuffer()
                data.write(webSocketErrorCode: .unknown(code.rawValue))
                data.writeString(code.reason)
                try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
                return nil
            case .cut: return nil
            }
        }
        return nil
    }
}
