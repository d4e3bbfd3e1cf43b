public import Contracts
public import Logging
internal import NIOConcurrencyHelpers

/// Publishes the gateway's events to every subscriber: XPUB with an epoch, sequences without gaps, a heartbeat and a
/// history for replays. A subscriber that reads too slowly loses events, sees the gap and asks for them.
public actor EventPublisher {
    /// Events in one answer to a replay; a subscriber asks for the rest.
    private static let replayLimit = 1000

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    private let reactor: BusReactor
    private let address: BusAddress
    private let logger: Logger
    private let heartbeatInterval: Int64
    private nonisolated let history: NIOLockedValueBox<EventHistory>
    private var socket: BusSocket?
    private var nextHeartbeat: Int64 = 0

    /// - Parameters:
    ///   - address: `BusAddresses.events`.
    ///   - epoch: of this life of the publisher: above every earlier one.
    ///   - historySize: events that can be replayed.
    ///   - heartbeatInterval: a lost tail is seen after this time at the latest.
    public init(
        reactor: BusReactor,
        address: String,
        epoch: UInt64,
        historySize: Int = 10_000,
        heartbeatInterval: Duration = .seconds(1),
        logger: Logger
    ) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        self.logger = logger
        self.heartbeatInterval = heartbeatInterval.wholeMilliseconds
        history = NIOLockedValueBox(EventHistory(epoch: epoch, capacity: historySize))
    }

    /// Binds the address and begins to send. It belongs to this process until the reactor's shutdown.
    ///
    /// - Throws: `addressInUse` when another process publishes there.
    public func bind() throws(BusError) {
        guard socket == nil else { return }
        let socket = try BusSocket(
            .publisher, on: reactor.thread, largestFrame: FrameLimit.request, sendQueue: 10_000)
        try socket.bind(address, on: reactor.thread)
        self.socket = socket
        reactor.thread.add(self, sockets: [socket])
        logger.debug("Event publisher is bound.", metadata: [LogKey.endpoint: "\(address.text)"])
    }

    /// Publishes an event; its epoch and sequence are set here. Cheap: a lock, no suspension.
    ///
    /// - Returns: the event's sequence.
    @discardableResult
    public nonisolated func publish(_ event: WireEvent) -> UInt64 {
        let (sequence, mustWake) = history.withLockedValue { history in
            let hadUnsent = history.hasUnsent
            return (history.append(event), !hadUnsent)
        }
        if mustWake { reactor.thread.wake() }
        return sequence
    }

    /// The last published event. Read it before taking a snapshot, so that the snapshot includes it.
    public nonisolated var position: EventPosition {
        history.withLockedValue { $0.position }
    }

    /// Everything published was handed to the socket.
    nonisolated var hasSentAll: Bool {
        history.withLockedValue { !$0.hasUnsent }
    }

    /// Answers a `.replayRequest`: call it from the handler of the gateway's ``BusServer``.
    public nonisolated func answer(_ request: BusRequest) -> BusResponse {
        do {
            let wanted = try WireEventReplayRequest(wireBytes: request.body)
            return .reply(history.withLockedValue { $0.replay(wanted, atMost: Self.replayLimit) }.wireBytes)
        } catch {
            return .refusal(error)
        }
    }

    /// Stops publishing.
    public func close() {
        reactor.thread.remove(self)
        socket?.close(lingerMilliseconds: 200)
        socket = nil
    }
}

extension EventPublisher: ReactorFlow {
    nonisolated func receive() {
        assumeIsolated { $0.dropSubscriptions() }
    }

    nonisolated func turn(now: Int64) -> Int64? {
        assumeIsolated { $0.send(now: now) }
    }

    nonisolated func reactorEnds() {
        assumeIsolated { $0.close() }
    }
}

extension EventPublisher {
    /// XPUB hands out who subscribes to what; everyone gets everything here.
    private func dropSubscriptions() {
        while case .malformed? = socket?.receive(isRouted: false) {}
        // A new subscriber learns from a heartbeat where the stream stands.
        nextHeartbeat = 0
    }

    private func send(now: Int64) -> Int64? {
        guard let socket else { return nil }
        let events = history.withLockedValue { $0.takeUnsent(atMost: 1000) }
        for event in events {
            let header = BusHeader(kind: .event, id: MessageID(high: event.epoch, low: event.sequence))
            _ = socket.send(BusMessage(header: header, body: event.wireBytes))
        }
        let (position, hasUnsent) = history.withLockedValue { ($0.position, $0.hasUnsent) }
        if hasUnsent { return now }
        if now >= nextHeartbeat {
            var heartbeat = WireEventHeartbeat()
            heartbeat.epoch = position.epoch
            heartbeat.lastSequence = position.sequence
            let header = BusHeader(kind: .heartbeat, id: MessageID(high: position.epoch, low: position.sequence))
            _ = socket.send(BusMessage(header: header, body: heartbeat.wireBytes))
            nextHeartbeat = now + heartbeatInterval
        }
        return nextHeartbeat
    }
}
