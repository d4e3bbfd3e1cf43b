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
        private var received: [UInt8] = []

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

        /// One response with a content length; nil when the server closed instead.
        mutating func response() async throws -> String? {
            while true {
                if let whole = wholeResponse() { return whole }
                guard let more = try await inbound.next(isolation: #isolation) else { return nil }
                received += Array(buffer: more)
            }
        }

        /// Waits until the server closes; what it still said.
        mutating func rest() async throws -> String {
            while let more = try await inbound.next(isolation: #isolation) { received += Array(buffer: more) }
            return String(decoding: received, as: UTF8.self)
        }

        private mutating func wholeResponse() -> String? {
            guard let head = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
            let length = String(decoding: received[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].trimmingPrefix(" ")) }
            let end = head.upperBound + (length ?? 0)
            guard received.count >= end else { return nil }
            defer { received.removeFirst(end) }
            return String(decoding: received[..<end], as: UTF8.self)
        }
    }
}
