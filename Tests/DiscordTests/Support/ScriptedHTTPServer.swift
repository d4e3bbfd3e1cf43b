import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix

/// An HTTP server that answers as a list says, one entry a request, and remembers what it was asked.
final class ScriptedHTTPServer: Sendable {
    enum Reply: Sendable {
        case answer(Int, String = "", headers: [String: String] = [:])
        /// The connection ends without an answer.
        case cut
        /// No answer ever.
        case silence
    }

    struct Request: Sendable {
        let method: String
        let uri: String
        let headers: HTTPHeaders
        let body: String
    }

    private let channel: any Channel
    private let state: NIOLockedValueBox<(replies: [Reply], requests: [Request])>
    private let arrivals: AsyncStream<Request>

    init(_ replies: [Reply]) async throws {
        let state = NIOLockedValueBox((replies: replies, requests: [Request]()))
        let (arrivals, arrived) = AsyncStream<Request>.makeStream()
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.configureHTTPServerPipeline()
                    try child.pipeline.syncOperations.addHandler(
                        ScriptHandler { request in
                            arrived.yield(request)
                            return state.withLockedValue { state in
                                state.requests.append(request)
                                return state.replies.isEmpty
                                    ? .answer(599, #"{"message": "script ended"}"#) : state.replies.removeFirst()
                            }
                        })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.state = state
        self.arrivals = arrivals
    }

    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/api/v10" }
    var requests: [Request] { state.withLockedValue(\.requests) }

    func arrival() async -> Request? {
        for await request in arrivals { return request }
        return nil
    }

    func close() async throws {
        try await channel.close()
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: (ScriptedHTTPServer.Request) -> ScriptedHTTPServer.Reply
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()

    init(_ answer: @escaping (ScriptedHTTPServer.Request) -> ScriptedHTTPServer.Reply) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let request = ScriptedHTTPServer.Request(
                method: head.method.rawValue, uri: head.uri, headers: head.headers, body: String(buffer: body))
            reply(answer(request), context: context)
        }
    }

    private func reply(_ reply: ScriptedHTTPServer.Reply, context: ChannelHandlerContext) {
        switch reply {
        case .silence: break
        case .cut: context.close(promise: nil)
        case .answer(let status, let text, let headers):
            var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
            if status != 204 { fields.add(name: "Content-Length", value: String(text.utf8.count)) }
            let head = HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            if !text.isEmpty {
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
