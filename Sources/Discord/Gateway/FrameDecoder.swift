import NIOCore

/// Turns WebSocket messages into payloads: the place where a transport compression goes.
protocol FrameDecoder: Sendable {
    /// What the connection's URL asks for, for instance `compress=zlib-stream`; nil: nothing.
    static var query: String? { get }

    /// A new context: one for each connection.
    init()

    /// Nil: the payload is not complete yet. Throws when the stream is broken.
    mutating func decode(_ message: ByteBuffer) throws -> [UInt8]?
}

/// No compression: a message is a payload.
struct PlainFrameDecoder: FrameDecoder {
    static let query: String? = nil

    mutating func decode(_ message: ByteBuffer) -> [UInt8]? {
        Array(message.readableBytesView)
    }
}
