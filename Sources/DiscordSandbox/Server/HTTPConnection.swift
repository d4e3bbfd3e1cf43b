import NIOCore
import NIOHTTP1

/// One client's requests, one after the other.
struct HTTPConnection: Sendable {
    /// Source: <https://discord.com/developers/docs/resources/message#create-message> (25 MiB for a request)
    private static let largestBody = 25 << 20

    let sandbox: Sandbox

    func serve(_ channel: UpgradedChannel.HTTP) async throws {
        let client = channel.channel.remoteAddress?.ipAddress ?? ""
        try await channel.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let next):
                    head = next
                    body = []
                case .body(let buffer):
                    guard body.count + buffer.readableBytes <= Self.largestBody else { return }
                    body.append(contentsOf: buffer.readableBytesView)
                case .end:
                    guard let head else { return }
                    let answer = await sandbox.answer(HTTPRequest(head: head, body: body, client: client))
                    guard !answer.isLost else { return }
                    try await Self.write(answer, to: outbound, keepAlive: head.isKeepAlive)
                    guard head.isKeepAlive else { return }
                }
            }
        }
    }

    private static func write(
        _ answer: HTTPAnswer, to outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>,
        keepAlive: Bool
    ) async throws {
        var headers = answer.headers
        if answer.status != 204 { headers.add(name: "Content-Length", value: String(answer.body.count)) }
        if !keepAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        try await outbound.write(
            contentsOf: [.head(head), .body(.byteBuffer(ByteBuffer(bytes: answer.body))), .end(nil)])
    }
}
