import NIOCore
import NIOHTTP1
import NIOWebSocket

/// What arrives on a connection: HTTP first, frames once it was upgraded.
enum ConnectionInput: Sendable {
    case http(HTTPServerRequestPart)
    case upgraded(query: [APICall.QueryItem])
    case frame(WebSocketFrame)
}

enum ConnectionOutput: Sendable {
    case http(HTTPServerResponsePart)
    case frame(WebSocketFrame)
}

typealias ConnectionChannel = NIOAsyncChannel<ConnectionInput, ConnectionOutput>
