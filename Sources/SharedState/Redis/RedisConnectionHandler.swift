import NIOCore

/// One connection: logs in, sends, and gives each reply to the oldest command. Belongs to its event loop.
final class RedisConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private struct Sent {
        let command: QueuedCommand
        let at: NIODeadline
    }

    var onReady: ((RedisConnectionHandler) -> Void)?
    /// Called once; afterwards the handler is dead.
    var onClosed: ((RedisError) -> Void)?

    private let login: [RedisCommand]
    private let timeout: TimeAmount
    private let loginTimeout: TimeAmount
    private let outbox: CommandOutbox
    private let reader = RedisReplyReader()
    private var channel: (any Channel)?
    private var loginReplies = 0
    private var inFlight = CircularBuffer<Sent>()
    private var nextCheck: NIODeadline?

    init(login: [RedisCommand], timeout: TimeAmount, loginTimeout: TimeAmount, outbox: CommandOutbox) {
        self.login = login
        self.timeout = timeout
        self.loginTimeout = loginTimeout
        self.outbox = outbox
    }

    func send(_ commands: [QueuedCommand]) {
        guard let channel, !commands.isEmpty else { return }
        let now = NIODeadline.now()
        var bytes = ByteBuffer()
        for command in commands {
            bytes.writeImmutableBuffer(command.bytes)
            inFlight.append(Sent(command: command, at: now))
        }
        channel.writeAndFlush(bytes, promise: nil)
        let earliest = commands.lazy.map(\.deadline).min() ?? now + timeout
        check(at: min(earliest, now + timeout))
    }

    /// Fails what is in flight, once, and drops the connection.
    func close(_ error: RedisError) {
        guard let onClosed else { return }
        self.onClosed = nil
        onReady = nil
        outbox.finish(inFlight.map(\.command), .failure(error))
        inFlight.removeAll()
        channel?.close(promise: nil)
        channel = nil
        onClosed(error)
    }

    // MARK: - ChannelInboundHandler

    /// The channel is connected before the handler is added.
    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        startLogin(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(RedisError) {
            try reader.feed(unwrapInboundIn(data))
            while let value = try reader.next() { received(value) }
        } catch {
            close(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        close(.unavailable(reason: "Redis closed the connection"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(.unavailable(reason: "\(error)"))
    }

    // MARK: - Login

    private func startLogin(_ context: ChannelHandlerContext) {
        var bytes = ByteBuffer()
        for command in login { command.write(to: &bytes) }
        context.writeAndFlush(NIOAny(bytes), promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: loginTimeout) { [weak self] in
            guard let self, self.loginReplies < self.login.count else { return }
            self.close(.unavailable(reason: "Redis does not answer"))
        }
    }

    private func received(_ value: RedisValue) {
        if loginReplies < login.count {
            loginReplies += 1
            // NOAUTH, WRONGPASS, LOADING and the like: the connection is of no use.
            if case .error(let message) = value { return close(.unavailable(reason: message)) }
            if loginReplies == login.count { onReady?(self) }
        } else if let sent = inFlight.popFirst() {
            outbox.finish(CollectionOfOne(sent.command), .success(value))
        } else {
            close(.protocolViolation(reason: "a reply without a command"))
        }
    }

    // MARK: - Time-outs

    private func check(at time: NIODeadline) {
        if let nextCheck, nextCheck <= time { return }
        nextCheck = time
        channel?.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [weak self] in
            guard let self, self.nextCheck == time else { return }
            self.nextCheck = nil
            self.expire(.now())
        }
    }

    private func expire(_ now: NIODeadline) {
        var earliest: NIODeadline?
        for sent in inFlight {
            // The place stays taken: its reply may still come, and must not go to the next command.
            if sent.command.deadline <= now {
                sent.command.reply.finish(.failure(.timeout))
            } else {
                earliest = min(earliest ?? sent.command.deadline, sent.command.deadline)
            }
        }
        guard let oldest = inFlight.first else { return }
        let silentSince = oldest.at + timeout
        if silentSince <= now { return close(.unavailable(reason: "Redis does not answer")) }
        check(at: min(earliest ?? silentSince, silentSince))
    }
}
