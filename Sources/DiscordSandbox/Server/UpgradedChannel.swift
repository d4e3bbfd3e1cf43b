import NIOCore
import NIOHTTP1
import NIOWebSocket

/// A connection after its first request: plain HTTP, or a gateway WebSocket.
enum UpgradedChannel: Sendable {
    typealias HTTP = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    typealias Gateway = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    case http(HTTP)
    case gateway(Gateway, query: [APICall.QueryItem])

    /// The gateway refuses payloads above 4096 bytes itself, with its own close code; this only bounds memory.
    private static let largestFrame = 1 << 18

    /// Must run on the event loop of that NIO channel.
    static func configure(_ channel: any NIOCore.Channel) throws -> EventLoopFuture<UpgradedChannel> {
        let upgrader = NIOTypedWebSocketServerUpgrader<UpgradedChannel>(
            maxFrameSize: largestFrame,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeSucceededFuture(head.uri.hasPrefix("/api") ? nil : HTTPHeaders())
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
                            maxAccumulatedFrameSize: largestFrame))
                    let parts = head.uri.split(separator: "?", maxSplits: 1)
                    let query = parts.count > 1 ? HTTPRequest.items(parts[1]) : []
                    return .gateway(try Gateway(wrappingChannelSynchronously: channel), query: query)
                }
            })
        let configuration = NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader]) { channel in
            channel.eventLoop.makeCompletedFuture {
                .http(try HTTP(wrappingChannelSynchronously: channel))
            }
        }
        return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
            configuration: .init(upgradeConfiguration: configuration))
    }
}
