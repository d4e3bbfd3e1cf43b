import NIOCore

/// Turns the binary messages of one connection into payloads: the place of the transport compression.
///
/// Source: <https://discord.com/developers/docs/events/gateway#encoding-and-compression>
protocol FrameDecoder: AnyObject {
    /// Adds a message and hands the payload that it completes to `use`, whose bytes are good for that call only.
    ///
    /// - Returns: nil when the payload is not complete yet.
    /// - Throws: ``FrameDecodingError``; the decoder is of no use afterwards.
    func decode<Result>(_ message: ByteBuffer, _ use: (UnsafeRawBufferPointer) -> Result) throws -> Result?
}

/// Why a connection's stream cannot be read on.
enum FrameDecodingError: Error, Hashable {
    case broken(String)
    /// A payload would become larger than that many bytes.
    case tooLarge(limit: Int)
}

extension FrameDecodingError: CustomStringConvertible {
    /// Without anything that was received.
    var description: String {
        switch self {
        case .broken(let reason): "broken compression: \(reason)"
        case .tooLarge(let limit): "a payload of more than \(limit >> 20) MiB"
        }
    }
}
