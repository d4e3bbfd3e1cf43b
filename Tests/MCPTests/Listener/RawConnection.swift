import NIOCore
import NIOPosix

/// A client's connection, byte by byte.
struct RawConnection {
    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    static func with<Value: Sendable>(
        port: Int,
        _ body: (inout Stream) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var stream = Stream(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&stream)
        }
    }

    struct Stream {
        fileprivate var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        private var received = ReceivedResponses()

        fileprivate init(
            inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) {
            self.inbound = inbound
            self.outbound = outbound
        }

        func send(_ text: String) async throws {
            try await outbound.write(ByteBuffer(string: text))
        }

        func send(_ bytes: [UInt8]) async throws {
            try await outbound.write(ByteBuffer(bytes: bytes))
        }

        /// One response with a content length; nil when the server closed instead.
        mutating func response() async throws -> String? {
            while true {
                if let whole = received.next() { return whole }
                guard let more = try await inbound.next(isolation: #isolation) else { return nil }
                received.append(more.readableBytesView)
            }
        }

        /// Waits until the server closes; what it still said.
        mutating func rest() async throws -> String {
            while let more = try await inbound.next(isolation: #isolation) { received.append(more.readableBytesView) }
            return received.rest
        }
    }
}
