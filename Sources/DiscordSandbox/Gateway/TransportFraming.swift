/// Discord's transport compressions: one context for a connection's whole life, flushed after each message.
/// Source: <https://discord.com/developers/docs/events/gateway#transport-compression>
final class TransportFraming {
    enum Kind: String, Sendable {
        case none
        case zlibStream = "zlib-stream"
        case zstdStream = "zstd-stream"
    }

    let kind: Kind
    private let deflate: DeflateStream?
    private let zstd: ZstdStream?

    init(_ kind: Kind) {
        self.kind = kind
        deflate = kind == .zlibStream ? DeflateStream() : nil
        zstd = kind == .zstdStream ? ZstdStream() : nil
    }

    /// Text frames carry plain JSON, binary frames a piece of the stream.
    var isText: Bool { kind == .none }

    func frame(_ payload: [UInt8]) -> [UInt8] {
        deflate?.message(payload) ?? zstd?.message(payload) ?? payload
    }
}
