import NIOCore
import NIOHTTP1

/// One client's connection: requests, one after the other, and perhaps the gateway for the rest of its life.
struct ClientConnection: Sendable {
    /// Source: <https://discord.com/developers/docs/resources/message#create-message> (25 MiB for a request)
    private static let largestBody = 25 << 20

    let sandbox: Sandbox

    func serve(_ channel: ConnectionChannel) async throws {
        let client = channel.channel.remoteAddress?.ipAddress ?? ""
        try await channel.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                var head: HTTPRequestHead?
                var body: [UInt8] = []
                var gateway: GatewayConnection?
                do {
                    for try await part in inbound {
                        switch part {
                        case .http(.head(let next)):
                            head = next
                            body = []
                        case .http(.body(let buffer)):
                            guard body.count + buffer.readableBytes <= Self.largestBody else { return }
                            body.append(contentsOf: buffer.readableBytesView)
                        case .http(.end):
                            guard let head else { return }
                            let answer = await sandbox.answer(HTTPRequest(head: head, body: body, client: client))
                            guard !answer.isLost else { return }
                            try await Self.write(answer, to: outbound, keepAlive: head.isKeepAlive)
                            guard head.isKeepAlive, !answer.isTruncated else { return }
                        case .upgraded(let query):
                            let opened = await GatewayConnection(
                                sandbox: sandbox, channel: channel.channel, outbound: outbound, query: query)
                            gateway = opened
                            group.addTask { try await opened.write() }
                        case .frame(let frame):
                            guard let gateway else { return }
                            guard try await gateway.receive(frame) else { return }
                        }
                    }
                    await gateway?.close(code: nil)
                } catch {
                    await gateway?.close(code: nil)
                    throw error
                }
            }
        }
    }

    private static func write(
        _ answer: HTTPAnswer, to outbound: NIOAsyncChannelOutboundWriter<ConnectionOutput>, keepAlive: Bool
    ) async throws {
        var headers = answer.headers
        if answer.status != 204 { headers.add(name: "Content-Length", value: String(answer.body.count)) }
        if !keepAlive { headers.add(name: "Connection", value: "close") }
        // Half of what was announced.
        let body = answer.isTruncated ? Array(answer.body.prefix(answer.body.count / 2)) : answer.body
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        try await outbound.write(
            contentsOf: [
                .http(.head(head)), .http(.body(.byteBuffer(ByteBuffer(bytes: body)))),
            ] + (answer.isTruncated ? [] : [.http(.end(nil))]))
    }
}
