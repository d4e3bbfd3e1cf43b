public import Logging
public import NIOCore
import NIOPosix

/// One connection to Redis that many callers share: commands are pipelined by themselves, and the connection comes
/// back by itself. While Redis is away commands fail at once instead of piling up.
///
/// All state of the connection lives on one event loop; `send` may be called from anywhere.
public final class RedisClient: Sendable {
    /// The client's bounds.
    public struct Configuration: Sendable {
        /// For one command, from the call to the answer; also how long a connection may be silent before it is given
        /// up.
        public var timeout: Duration
        /// For one attempt to connect and log in.
        public var connectTimeout: Duration
        /// Commands without an answer; one more is refused with ``RedisError/busy``.
        public var maximumInFlight: Int

        public init(
            timeout: Duration = .seconds(1), connectTimeout: Duration = .seconds(1), maximumInFlight: Int = 4096
        ) {
            self.timeout = timeout
            self.connectTimeout = connectTimeout
            self.maximumInFlight = maximumInFlight
        }
    }

    private let configuration: Configuration
    private let eventLoop: any EventLoop
    private let outbox: CommandOutbox
    private let link: NIOLoopBoundBox<RedisLink>

    /// Does not connect yet: the first command does.
    /// - Parameter group: gives the event loop; nil: the process's shared group.
    public init(
        url: RedisURL,
        configuration: Configuration = Configuration(),
        group: (any EventLoopGroup)? = nil,
        logger: Logger
    ) {
        let eventLoop = (group ?? MultiThreadedEventLoopGroup.singleton).next()
        let outbox = CommandOutbox(capacity: configuration.maximumInFlight)
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.outbox = outbox
        link = NIOLoopBoundBox.makeBoxSendingValue(
            RedisLink(url: url, configuration: configuration, eventLoop: eventLoop, outbox: outbox, logger: logger),
            as: RedisLink.self,
            eventLoop: eventLoop
        )
    }

    deinit {
        outbox.close()
        eventLoop.execute { [link] in link.value.close() }
    }

    /// Sends one command and waits for its answer. An error reply is thrown as ``RedisError/server(message:)``.
    public func send(_ command: RedisCommand, timeout: Duration? = nil) async throws(RedisError) -> RedisValue {
        var bytes = ByteBuffer()
        command.write(to: &bytes)
        let reply = PendingReply()
        let deadline = NIODeadline.now() + TimeAmount(timeout ?? configuration.timeout)
        if try outbox.append(QueuedCommand(bytes: bytes, reply: reply, deadline: deadline)) {
            eventLoop.execute { [link, outbox] in link.value.submit(outbox.take()) }
        }
        let value = try await reply.outcome().get()
        if case .error(let message) = value { throw .server(message: message) }
        return value
    }

    /// Fails what is in flight and closes the connection for good.
    public func close() async {
        outbox.close()
        // Only a loop that has been shut down refuses, and with it the connection is closed already.
        try? await eventLoop.submit { [link] in link.value.close() }.get()
    }
}
