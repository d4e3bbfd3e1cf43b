import NIOCore

/// No compression: a message is a payload.
final class PlainFrameDecoder: FrameDecoder {
    func decode<Result>(_ message: ByteBuffer, _ use: (UnsafeRawBufferPointer) -> Result) -> Result? {
        message.readableBytes == 0 ? nil : message.withUnsafeReadableBytes(use)
    }
}
