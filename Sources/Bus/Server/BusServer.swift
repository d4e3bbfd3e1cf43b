internal import Contracts
public import Logging

/// Answers commands or queries on one address: the executor's and the gateway's door. A ROUTER socket with bounded
/// concurrency, a bounded queue, deadlines, cancellation of reads, and no id worked on twice at one time.
public actor BusServer {
    /// Runs on the global pool; it is cancelled when nobody waits for a read any more, never for a command.
    public typealias Handler = @concurrent @Sendable (BusRequest) async -> BusResponse

    struct Work: Sendable {
        let request: BusRequest
        /// Ends when the request is cancelled; nil for a command.
        let cancellation: AsyncStream<Never>?
    }

    struct Finished: Sendable {
        let request: BusHeader
        let response: BusResponse
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    public private(set) var statistics = Statistics()

    private let reactor: BusReactor
    private let address: BusAddress
    private let handler: Handler
    private let logger: Logger
    private nonisolated let outbox: Outbox<Finished>
    private var admission: RequestAdmission
    private var cancellations: [MessageID: AsyncStream<Never>.Continuation] = [:]
    private var socket: BusSocket?
    private var start: AsyncStream<Work>.Continuation?
    private var isDraining = false
    private var isClosed = false

    public init(
        reactor: BusReactor,
        address: String,
        configuration: Configuration = Configuration(),
        logger: Logger,
        handler: @escaping Handler
    ) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        self.handler = handler
        self.logger = logger
        outbox = Outbox(thread: reactor.thread)
        admission = RequestAdmission(
            limits: .init(running: configuration.concurrency, queued: configuration.queue))
    }

    /// Binds the address. ``run()`` does it otherwise; on its own it lets a process say that it is ready.
    ///
    /// The address belongs to this process until the reactor's shutdown, also after the server has ended.
    ///
    /// - Throws: `addressInUse` when another process serves the address.
    public func bind() throws(BusError) {
        guard socket == nil else { return }
        guard !isClosed else { throw .closed }
        // A queue for answers that is longer than any client's window: an answer is only lost with its client.
        let socket = try BusSocket(
            .router, on: reactor.thread, largestFrame: FrameLimit.request, sendQueue: 10_000)
        try socket.bind(address, on: reactor.thread)
        self.socket = socket
        reactor.thread.add(self, sockets: [socket], isReading: false)
        logger.debug("Bus server is bound.", metadata: [LogKey.endpoint: "\(address.text)"])
    }

    /// Serves until ``drain()`` has finished, the task is cancelled or the reactor is shut down.
    ///
    /// Cancelling cancels the handlers as well; draining lets them finish.
    public func run() async throws(BusError) {
        try bind()
        guard start == nil else { throw .closed }
        // Admission bounds it: only what may run at once is ever in this stream.
        let (work, start) = AsyncStream.makeStream(of: Work.self)
        self.start = start
        reactor.thread.setReading(self, !isDraining)
        endIfDrained()
        await withDiscardingTaskGroup { group in
            for await item in work {
                group.addTask { [handler, outbox] in
                    let response = await Self.respond(to: item, handler)
                    outbox.append(Finished(request: item.request.header, response: response))
                }
            }
        }
        close()
    }

    /// Takes nothing new, lets everything that was admitted finish, sends the answers and ends ``run()``.
    ///
    /// What clients send meanwhile stays unanswered; they send it again to the next server, when this connection ends.
    public nonisolated func drain() {
        reactor.thread.perform {
            self.assumeIsolated { server in
                server.isDraining = true
                server.reactor.thread.setReading(server, false)
                server.endIfDrained()
            }
        }
    }

    private static func respond(to work: Work, _ handler: @escaping Handler) async -> BusResponse {
        guard let cancellation = work.cancellation else { return await handler(work.request) }
        return await withTaskGroup(of: BusResponse?.self) { group in
            group.addTask { await handler(work.request) }
            group.addTask {
                for await _ in cancellation {}
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            // Cancelled: wait for the handler to notice, so that it counts as running until it has ended.
            return await group.next().flatMap { $0 } ?? .refusal(.callerLeft)
        }
    }

    private func close() {
        guard !isClosed else { return }
        sendFinished()
        isClosed = true
        reactor.thread.remove(self)
        socket?.close(lingerMilliseconds: 1000)
        socket = nil
        start?.finish()
        for cancellation in cancellations.values { cancellation.finish() }
    }
}

extension BusServer: ReactorFlow {
    nonisolated func receive() {
        assumeIsolated { $0.receiveRequests() }
    }

    nonisolated func turn(now: Int64) -> Int64? {
        assumeIsolated { $0.sendFinished() }
        return nil
    }

    nonisolated func reactorEnds() {
        assumeIsolated { $0.close() }
    }
}

extension BusServer {
    private func receiveRequests() {
        // Bounded, so that one busy socket leaves the others their turn.
        for _ in 0..<256 {
            switch socket?.receive(isRouted: true) {
            case .message(let message, let route): take(message, from: route)
            case .malformed: statistics.malformed += 1
            case .some(.none), nil: return
            }
        }
    }

    private func take(_ message: BusMessage, from route: Route) {
        switch message.header.kind {
        case .command, .query, .replayRequest: admit(message, from: route)
        case .cancel: cancel(message.header.id, from: route)
        default: statistics.malformed += 1
        }
    }

    private func admit(_ request: BusRequest, from route: Route) {
        switch admission.offer(request, from: route) {
        case .start:
            begin(request)
        case .queued:
            break
        case .attached:
            statistics.duplicates += 1
            guard request.header.kind == .command else { return }
            let header = BusHeader(kind: .accepted, id: request.header.id, trace: request.header.trace)
            send(BusMessage(header: header, body: []), to: [route])
        case .conflict:
            send(BusResponse.refusal(.idIsTaken).message(answering: request.header), to: [route])
        case .full:
            statistics.busy += 1
            send(BusResponse.refusal(.serverIsFull).message(answering: request.header), to: [route])
        }
    }

    private func begin(_ request: BusRequest) {
        let header = request.header
        guard header.deadline == 0 || header.deadline > reactor.clock.unixMilliseconds() else {
            statistics.expired += 1
            send(
                BusMessage(header: BusHeader(kind: .expired, id: header.id), body: []), to: admission.finish(header.id))
            return
        }
        var cancellation: AsyncStream<Never>?
        if header.kind != .command {
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            cancellation = stream
            cancellations[header.id] = continuation
        }
        start?.yield(Work(request: request, cancellation: cancellation))
    }

    private func cancel(_ id: MessageID, from route: Route) {
        guard case .stop = admission.cancel(id, from: route) else { return }
        cancellations[id]?.finish()
    }

    private func sendFinished() {
        for finished in outbox.takeAll() {
            let id = finished.request.id
            cancellations.removeValue(forKey: id)?.finish()
            send(finished.response.message(answering: finished.request), to: admission.finish(id))
        }
        while let next = admission.startNext() { begin(next) }
        endIfDrained()
    }

    private func endIfDrained() {
        if isDraining, admission.isIdle { start?.finish() }
    }

    private func send(_ message: BusMessage, to routes: [Route]) {
        for route in routes {
            guard case .sent = socket?.send(message, to: route) else {
                statistics.undelivered += 1
                continue
            }
        }
    }
}
