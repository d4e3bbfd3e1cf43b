import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The HTTP part of a connection's pipeline. A client may ask for the upgrade in any request: libraries that keep one
/// pool for REST and gateway reuse a connection, which NIO's own upgrade handler (first request only) refuses.
final class HTTPStage: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = ConnectionInput
    typealias OutboundIn = ConnectionOutput
    typealias OutboundOut = HTTPServerResponsePart

    /// The gateway refuses payloads above 4096 bytes itself, with its own close code; this only bounds memory.
    private static let largestFrame = 1 << 18

    private let encoder: HTTPResponseEncoder
    private let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    /// Only asked for the answer to the handshake.
    private let upgrader = NIOWebSocketServerUpgrader(
        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
        upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
    private var upgrade: HTTPRequestHead?

    private init(encoder: HTTPResponseEncoder, decoder: ByteToMessageHandler<HTTPRequestDecoder>) {
        self.encoder = encoder
        self.decoder = decoder
    }

    /// Must run on the channel's event loop.
    static func configure(_ channel: any NIOCore.Channel) throws -> ConnectionChannel {
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandlers([encoder, decoder, HTTPStage(encoder: encoder, decoder: decoder)])
        return try ConnectionChannel(wrappingChannelSynchronously: channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head) where Self.wantsGateway(head): upgrade = head
        case .end where upgrade != nil: answerHandshake(context)
        case .head, .body, .end: context.fireChannelRead(wrapInboundOut(.http(part)))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .http(let part) = unwrapOutboundIn(data) else {
            promise?.fail(ChannelError.operationUnsupported)
            return
        }
        context.write(wrapOutboundOut(part), promise: promise)
    }

    private static func wantsGateway(_ head: HTTPRequestHead) -> Bool {
        head.headers[canonicalForm: "Upgrade"].contains { $0.lowercased() == "websocket" }
            && !head.uri.hasPrefix("/api")
    }

    private func answerHandshake(_ context: ChannelHandlerContext) {
        guard let head = upgrade else { return }
        let bound = NIOLoopBound((stage: self, context: context), eventLoop: context.eventLoop)
        upgrader.buildUpgradeResponse(channel: context.channel, upgradeRequest: head, initialResponseHeaders: [:])
            .whenComplete { result in
                let (stage, context) = bound.value
                switch result {
                case .success(let headers): stage.switchProtocol(context, head, headers)
                case .failure: stage.refuse(context)
                }
            }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: ["Content-Length": "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }

    private func switchProtocol(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ headers: HTTPHeaders) {
        var headers = headers
        headers.replaceOrAdd(name: "Upgrade", value: "websocket")
        headers.replaceOrAdd(name: "Connection", value: "upgrade")
        let answer = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let pipeline = context.pipeline.syncOperations
        let bound = NIOLoopBound((stage: self, context: context), eventLoop: context.eventLoop)
        pipeline.removeHandler(encoder)
            .and(pipeline.removeHandler(decoder))
            .flatMapThrowing { _ in
                let (stage, context) = bound.value
                let pipeline = context.pipeline.syncOperations
                try pipeline.addHandlers(
                    [
                        WebSocketFrameEncoder(),
                        ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: Self.largestFrame)),
                        WebSocketProtocolErrorHandler(isServer: true),
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
                            maxAccumulatedFrameSize: Self.largestFrame),
                        FrameStage(),
                    ], position: .before(stage))
                let parts = head.uri.split(separator: "?", maxSplits: 1)
                let query = parts.count > 1 ? HTTPRequest.items(parts[1]) : []
                context.fireChannelRead(stage.wrapInboundOut(.upgraded(query: query)))
                context.fireChannelReadComplete()
                pipeline.removeHandler(stage, promise: nil)
            }
            .whenFailure { _ in bound.value.context.close(promise: nil) }
    }
}

/// The WebSocket part of a connection's pipeline, once HTTP is over.
private final class FrameStage: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ConnectionInput
    typealias OutboundIn = ConnectionOutput
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(wrapInboundOut(.frame(unwrapInboundIn(data))))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .frame(let frame) = unwrapOutboundIn(data) else {
            promise?.fail(ChannelError.operationUnsupported)
            return
        }
        context.write(wrapOutboundOut(frame), promise: promise)
    }
}
