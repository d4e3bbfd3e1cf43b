public import Contracts
internal import NIOConcurrencyHelpers

/// Asks one server: commands to the executor, queries and replays to the gateway. A DEALER socket with ids of our own,
/// deadlines, a bounded window, resending and cancellation.
///
/// A restart of the server is invisible while the deadline allows it: what has no answer is sent again, with the same
/// id, on the new connection.
public actor BusClient {
    typealias Answer = Result<BusReply, WireError>

    enum Item: Sendable {
        case request(BusMessage, token: UInt64, CheckedContinuation<Answer, Never>)
        case cancel(MessageID, token: UInt64)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    public private(set) var statistics = Statistics()
    /// Whether the server is there now. For health pages: requests wait for it by themselves.
    public private(set) var isConnected = false

    private let reactor: BusReactor
    private let address: BusAddress
    private nonisolated let outbox: Outbox<Item>
    private nonisolated let tokens = NIOLockedValueBox<UInt64>(0)
    private var pending: PendingRequests<CheckedContinuation<Answer, Never>>
    private var socket: BusSocket?
    private var monitor: ConnectionMonitor?

    /// Connects in the background; a server that is not there yet is waited for.
    ///
    /// - Parameter address: of the server, for instance `BusAddresses.commands`.
    public init(reactor: BusReactor, address: String, configuration: Configuration) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        outbox = Outbox(thread: reactor.thread)
        pending = PendingRequests(
            policy: .init(
                window: configuration.window,
                resendInterval: configuration.resendInterval.wholeMilliseconds,
                connectGrace: configuration.connectGrace.wholeMilliseconds),
            now: reactor.clock.monotonicMilliseconds())
        reactor.thread.perform { self.assumeIsolated { $0.open() } }
    }

    /// Sends a request and waits for its one answer.
    ///
    /// Two callers with the same id and the same bytes share one request. A cancelled caller stops waiting at once: a
    /// query is then cancelled in the server too, a command goes on there.
    ///
    /// - Parameters:
    ///   - kind: `.command`, `.query` or `.replayRequest`. Only commands are sent again while no answer comes.
    ///   - body: protobuf bytes; at most 1 MiB, as the attachment.
    ///   - deadline: unix milliseconds. The server does not begin the work after it.
    /// - Throws: `busy` (window or server full, nothing was done; `retryAfterSeconds` says when to ask again),
    ///   `unavailable` (the peer is away; nothing was done), `expired` (a read without an answer in time, or work that
    ///   was not begun), `in_doubt` (a command was sent and its answer did not come in time, or its resending came
    ///   too late: ask again with the same id),
    ///   `idempotency_conflict` (another request with this id is under way), `invalid_argument` (too large).
    public nonisolated func request(
        kind: BusHeader.Kind,
        body: [UInt8],
        id: MessageID,
        deadline: Int64,
        trace: TraceContext = .none,
        attachment: [UInt8]? = nil
    ) async throws(WireError) -> BusReply {
        guard body.count <= FrameLimit.request, attachment?.count ?? 0 <= FrameLimit.request else {
            throw WireError(.invalidArgument, "The request is larger than \(FrameLimit.request) bytes.")
        }
        let header = BusHeader(kind: kind, id: id, deadline: deadline, trace: trace)
        let message = BusMessage(header: header, body: body, attachment: attachment)
        let token = tokens.withLockedValue { tokens in
            tokens += 1
            return tokens
        }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard outbox.append(.request(message, token: token, continuation)) else {
                    continuation.resume(returning: .failure(.busWasShutDown))
                    return
                }
                // A cancellation from before the line above found nothing to cancel.
                if Task.isCancelled { outbox.append(.cancel(id, token: token)) }
            }
        } onCancel: {
            outbox.append(.cancel(id, token: token))
        }
        return try answer.get()
    }

    /// Ends the connection; what waits fails.
    public func close() {
        reactor.thread.remove(self)
        for item in outbox.close() {
            if case .request(_, _, let continuation) = item {
                continuation.resume(returning: .failure(.busWasShutDown))
            }
        }
        for (waiter, failure) in pending.removeAll() { waiter.resume(returning: .failure(WireError(failure))) }
        monitor?.socket.close(lingerMilliseconds: 0)
        socket?.close(lingerMilliseconds: 0)
        (monitor, socket) = (nil, nil)
    }
}

extension BusClient: ReactorFlow {
    nonisolated func receive() {
        assumeIsolated { $0.receiveChanges() }
    }

    nonisolated func turn(now: Int64) -> Int64? {
        assumeIsolated { $0.work(now: now) }
    }

    nonisolated func reactorEnds() {
        assumeIsolated { $0.close() }
    }
}

extension BusClient {
    private func open() {
        do {
            let socket = try BusSocket(
                .dealer, on: reactor.thread, largestFrame: FrameLimit.reply, sendQueue: 1000)
            let monitor = try ConnectionMonitor(of: socket, on: reactor.thread)
            try socket.connect(address)
            (self.socket, self.monitor) = (socket, monitor)
            reactor.thread.add(self, sockets: [socket, monitor.socket])
        } catch {
            // The address is checked, so this is a process without descriptors or a bus that was shut down.
            close()
        }
    }

    private func receiveChanges() {
        let now = reactor.clock.monotonicMilliseconds()
        while let isConnected = monitor?.nextChange() {
            self.isConnected = isConnected
            if isConnected {
                for message in pending.connected(now: now) { send(message, now: now) }
            } else {
                pending.disconnected(now: now)
            }
        }
        // Bounded, so that one busy socket leaves the others their turn.
        for _ in 0..<256 {
            switch socket?.receive(isRouted: false) {
            case .message(let message, _): take(message, now: now)
            case .malformed: statistics.malformed += 1
            case .some(.none), nil: return
            }
        }
    }

    private func take(_ message: BusMessage, now: Int64) {
        let id = message.header.id
        switch message.header.kind {
        case .reply, .replay:
            finish(id, .success(message))
        case .busy:
            let error = (try? WireError(wireBytes: message.body)) ?? .busyWithoutReason
            // The frame carries every refusal; only a full server is another one after a while.
            if error.code == .busy {
                refuse(id, .busy(retryAfter: error.retryAfterMilliseconds), error, now: now)
            } else {
                finish(id, .failure(error))
            }
        case .expired:
            refuse(id, .expired, .notBegunInTime, now: now)
        case .accepted:
            break
        default:
            statistics.malformed += 1
        }
    }

    private func finish(_ id: MessageID, _ answer: Answer) {
        guard let waiters = pending.answer(id) else {
            statistics.late += 1
            return
        }
        for waiter in waiters { waiter.resume(returning: answer) }
    }

    private func refuse(
        _ id: MessageID, _ refusal: PendingRequests<CheckedContinuation<Answer, Never>>.Refusal, _ error: WireError,
        now: Int64
    ) {
        switch pending.refuse(id, refusal, now: now) {
        case .refused(let waiters):
            for waiter in waiters { waiter.resume(returning: .failure(error)) }
        case .inDoubt(let waiters):
            for waiter in waiters { waiter.resume(returning: .failure(.commandIsInDoubt)) }
        case .retried: break
        case .late: statistics.late += 1
        }
    }

    private func work(now: Int64) -> Int64? {
        for item in outbox.takeAll() {
            switch item {
            case .request(let message, let token, let continuation):
                start(message, token: token, continuation, now: now)
            case .cancel(let id, let token):
                cancel(id, token: token)
            }
        }
        let due = pending.takeDue(now: now)
        for (waiter, failure) in due.failures { waiter.resume(returning: .failure(WireError(failure))) }
        for message in due.sends { send(message, now: now) }
        return pending.due
    }

    private func start(
        _ message: BusMessage, token: UInt64, _ waiter: CheckedContinuation<Answer, Never>, now: Int64
    ) {
        let remaining = message.header.deadline - reactor.clock.unixMilliseconds()
        guard remaining > 0 else {
            waiter.resume(returning: .failure(.notBegunInTime))
            return
        }
        // The waiter is stored before the message is sent: an answer always finds it.
        switch pending.register(message, token: token, waiter: waiter, deadline: now + remaining, now: now) {
        case .send(let message): send(message, now: now)
        case .held, .attached: break
        case .full: waiter.resume(returning: .failure(.windowIsFull))
        case .conflict: waiter.resume(returning: .failure(.idIsTaken))
        }
    }

    private func cancel(_ id: MessageID, token: UInt64) {
        guard let cancelled = pending.cancel(id, token: token) else { return }
        if cancelled.isLast, cancelled.wasSent {
            // Best effort: without it the server finishes work that nobody reads.
            _ = socket?.send(BusMessage(header: BusHeader(kind: .cancel, id: id), body: []))
        }
        cancelled.waiter.resume(returning: .failure(.callerLeft))
    }

    private func send(_ message: BusMessage, now: Int64) {
        if message.header.flags.contains(.resent) { statistics.resent += 1 }
        guard case .sent = socket?.send(message) else {
            pending.sendFailed(message.header.id, retryAt: now + 10)
            return
        }
    }
}
