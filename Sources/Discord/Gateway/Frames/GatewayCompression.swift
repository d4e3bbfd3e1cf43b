/// How the gateway packs what it sends on one connection.
/// Source: <https://discord.com/developers/docs/events/gateway#transport-compression>
public enum GatewayCompression: String, Hashable, Sendable, CaseIterable {
    case zstdStream = "zstd-stream"
    case zlibStream = "zlib-stream"
    case none

    /// What the connection's URL asks for; nil: nothing.
    var query: String? { self == .none ? nil : "compress=\(rawValue)" }

    /// A new context: one for each connection.
    func makeDecoder(maximumPayloadBytes: Int = PayloadBuffer.maximumBytes) -> any FrameDecoder {
        switch self {
        case .zstdStream: ZstdStreamDecoder(maximumPayloadBytes: maximumPayloadBytes)
        case .zlibStream: ZlibStreamDecoder(maximumPayloadBytes: maximumPayloadBytes)
        case .none: PlainFrameDecoder()
        }
    }
}
