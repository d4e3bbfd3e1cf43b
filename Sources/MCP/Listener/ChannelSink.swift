import HTTPTypes
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// Writes a response to its connection piece by piece, from whatever thread has something to say.
///
/// Everything goes through the connection's event loop, in the order of the calls, also what is said on that loop
/// itself. What the client does not read is kept up to a limit.
final class ChannelSink: ResponseSink {
    private struct State {
        /// Nil: the response has not begun. Most never do: they are sent whole.
        var ended: EventLoopPromise<Void>?
        /// Bytes and pieces that the kernel has not taken.
        var bytes = 0
        var pieces = 0
    }

    private let channel: any Channel
    private let limits: SinkLimits
    private let extraHeaders: HTTPFields
    private let date: HTTPDate
    private let state = NIOLockedValueBox(State())

    /// - Parameter headers: those that every response on this server has.
    init(_ channel: any Channel, limits: SinkLimits, headers: HTTPFields, date: HTTPDate) {
        self.channel = channel
        self.limits = limits
        extraHeaders = headers
        self.date = date
    }

    deinit {
        state.withLockedValue { $0.ended }?.succeed()
    }

    /// Whether the response goes through this sink.
    var hasBegun: Bool {
        state.withLockedValue { $0.ended != nil }
    }

    /// Waits until the response is handed to the kernel, or never will be.
    func untilEnded() async {
        try? await state.withLockedValue { $0.ended }?.futureResult.get()
    }

    func begin(_ status: HTTPResponse.Status, headers: HTTPFields) {
        state.withLockedValue { $0.ended = channel.eventLoop.makePromise() }
        var head = HTTPResponse(status: status, headerFields: headers + extraHeaders)
        head.headerFields[.date] = date.text()
        channel.eventLoop.execute { [channel, head] in
            channel.writeAndFlush(HTTPResponsePart.head(head), promise: nil)
        }
    }

    func write(_ bytes: [UInt8]) -> Bool {
        let fits = state.withLockedValue { state in
            state.bytes += bytes.count
            state.pieces += 1
            return state.bytes <= limits.bytes && state.pieces <= limits.pieces
        }
        guard fits, channel.isActive else { return false }
        channel.eventLoop.execute { [channel, state] in
            let written = channel.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in
                state.withLockedValue { state in
                    state.bytes -= bytes.count
                    state.pieces -= 1
                }
            }
            channel.writeAndFlush(HTTPResponsePart.body(ByteBuffer(bytes: bytes)), promise: written)
        }
        return true
    }

    func end() {
        let ended = state.withLockedValue { $0.ended }
        channel.eventLoop.execute { [channel] in
            let written = channel.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in ended?.succeed() }
            channel.writeAndFlush(HTTPResponsePart.end(nil), promise: written)
        }
    }

    func abort() {
        let ended = state.withLockedValue { $0.ended }
        channel.eventLoop.execute { [channel] in
            channel.close(promise: nil)
            ended?.succeed()
        }
    }
}

/// How much of a stream is kept for a client that does not read.
public struct SinkLimits: Sendable {
    public var bytes: Int
    /// Messages.
    public var pieces: Int

    public init(bytes: Int = 4 << 20, pieces: Int = 1024) {
        self.bytes = bytes
        self.pieces = pieces
    }
}
