internal import Contracts
public import Logging
internal import NIOConcurrencyHelpers

/// Sends audit records to the audit writer, each exactly once and in order, across restarts of the writer.
///
/// Records that the writer has not acknowledged are kept in a bounded ring and sent again on each new connection; the
/// writer drops what it has. A full ring refuses new records: whoever must not act without a record then does not act.
public actor RecordProducer {
    typealias Answer = Result<UInt64, WireError>

    struct State: Sendable {
        var ring: RecordRing
        var waiters = RecordWaiters<CheckedContinuation<Answer, Never>>()
        var tokens: UInt64 = 0
        var isClosed = false
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    /// Whether the audit writer is there now. For health pages: records wait for it by themselves.
    public private(set) var isConnected = false

    let reactor: BusReactor
    let configuration: Configuration
    let logger: Logger
    nonisolated let state: NIOLockedValueBox<State>
    private let address: BusAddress
    private let name: String
    private var socket: BusSocket?
    private var monitor: ConnectionMonitor?
    /// Until then nothing is sent, because the writer refused or the socket took no more.
    private var pausedUntil: Int64 = 0
    /// When what was sent and not acknowledged is sent again.
    private var resendAt: Int64 = .max

    /// - Parameters:
    ///   - address: of the audit writer, `BusAddresses.records`.
    ///   - name: names this process in the log, for instance `front-door-1`; one living process a name.
    public init(
        reactor: BusReactor,
        address: String,
        name: String,
        configuration: Configuration = Configuration(),
        logger: Logger
    ) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        self.name = name
        self.configuration = configuration
        self.logger = logger
        let limits = RecordRing.Limits(records: configuration.ringRecords, bytes: configuration.ringBytes)
        let epoch = UInt64(reactor.clock.unixMilliseconds()) * 1000
        state = NIOLockedValueBox(State(ring: RecordRing(epoch: epoch, limits: limits)))
        reactor.thread.perform { self.assumeIsolated { $0.open() } }
    }

    /// Ends the connection. What is not acknowledged is lost to the log: call ``flush(within:)`` first.
    public func close() {
        reactor.thread.remove(self)
        let waiters = state.withLockedValue { state in
            state.isClosed = true
            return state.waiters.takeAll()
        }
        for waiter in waiters { waiter.resume(returning: .failure(.busWasShutDown)) }
        monitor?.socket.close(lingerMilliseconds: 0)
        socket?.close(lingerMilliseconds: 0)
        (monitor, socket) = (nil, nil)
    }
}

extension RecordProducer: ReactorFlow {
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

extension RecordProducer {
    private static let batchRecords = 256
    /// Leaves room for the envelope below the frame limit.
    static let batchBytes = FrameLimit.request - 4096

    private func open() {
        do {
            let socket = try BusSocket(.dealer, on: reactor.thread, largestFrame: FrameLimit.request, sendQueue: 64)
            let monitor = try ConnectionMonitor(of: socket, on: reactor.thread)
            try socket.connect(address)
            (self.socket, self.monitor) = (socket, monitor)
            reactor.thread.add(self, sockets: [socket, monitor.socket])
        } catch {
            logger.error("The audit connection cannot be opened.", metadata: [LogKey.error: "\(error)"])
            close()
        }
    }

    private func receiveChanges() {
        while let isConnected = monitor?.nextChange() {
            self.isConnected = isConnected
            if isConnected { rewind() }
        }
        while case .message(let message, _)? = socket?.receive(isRouted: false) {
            guard message.header.kind == .acknowledgement,
                let acknowledgement = try? WireRecordAcknowledgement(wireBytes: message.body)
            else { continue }
            take(acknowledgement)
        }
    }

    private func take(_ acknowledgement: WireRecordAcknowledgement) {
        let now = reactor.clock.monotonicMilliseconds()
        let freshEpoch = UInt64(reactor.clock.unixMilliseconds()) * 1000
        let upTo = acknowledgement.upToSequence
        let (outcome, served) = state.withLockedValue { state in
            let outcome = state.ring.acknowledge(
                upTo: upTo, epoch: acknowledgement.epoch, resend: acknowledgement.resend, freshEpoch: freshEpoch)
            if case .renumbered(let shift) = outcome { state.waiters.renumber(shift: shift) }
            return (outcome, outcome == .advanced ? state.waiters.take(upTo: upTo) : [])
        }
        if case .renumbered = outcome {
            logger.error(
                "The audit log lost acknowledged records; numbering begins again.",
                metadata: [LogKey.sequence: "\(upTo)", LogKey.epoch: "\(acknowledgement.epoch)"])
        }
        for entry in served {
            let first = acknowledgement.firstSequence
            let isPlaced = first > 0 && entry.sequence >= first
            let position = isPlaced ? acknowledgement.logSequence &- (upTo &- entry.sequence) : 0
            entry.waiter.resume(returning: .success(position))
        }
        resendAt = now + configuration.resendInterval.wholeMilliseconds
        if acknowledgement.hasRefusal { refused(acknowledgement.refusal, now: now) }
    }

    private func refused(_ refusal: WireError, now: Int64) {
        logger.error("The audit writer refuses records.", metadata: [LogKey.reason: "\(refusal.message)"])
        pausedUntil = now + configuration.refusalPause.wholeMilliseconds
        rewind()
        for waiter in state.withLockedValue({ $0.waiters.takeAll() }) { waiter.resume(returning: .failure(refusal)) }
    }

    private func rewind() {
        state.withLockedValue { $0.ring.rewind() }
    }

    private func work(now: Int64) -> Int64? {
        let expired = state.withLockedValue { $0.waiters.takeExpired(now: now) }
        for waiter in expired { waiter.resume(returning: .failure(.notAcknowledged)) }
        if isConnected, now >= resendAt {
            rewind()
            resendAt = .max
        }
        if isConnected, now >= pausedUntil { sendBatches(now: now) }
        let (due, hasUnsent, hasUnacknowledged) = state.withLockedValue {
            ($0.waiters.due, $0.ring.hasUnsent, $0.ring.hasUnacknowledged)
        }
        var next = due ?? .max
        if isConnected, hasUnsent { next = min(next, pausedUntil) }
        if isConnected, hasUnacknowledged { next = min(next, resendAt) }
        return next == .max ? nil : next
    }

    private func sendBatches(now: Int64) {
        while let batch = state.withLockedValue({
            $0.ring.nextBatch(records: Self.batchRecords, bytes: Self.batchBytes)
        }) {
            let message = BusMessage(
                header: BusHeader(kind: .record, id: MessageID(high: batch.epoch, low: batch.firstSequence)),
                body: WireRecordBatch(batch, producer: name).wireBytes)
            guard case .sent = socket?.send(message) else {
                pausedUntil = now + 10
                return
            }
            state.withLockedValue { $0.ring.markSent(batch) }
            if resendAt == .max { resendAt = now + configuration.resendInterval.wholeMilliseconds }
        }
    }
}
