internal import Contracts
public import Logging

/// Follows the gateway's events: in order, each once, gaps filled by asking for a replay, or an honest reset.
public actor EventSubscriber {
    /// Runs one delivery at a time.
    public typealias Handler = @concurrent @Sendable (EventDelivery) async -> Void

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    /// Where the stream stands, by the last event or heartbeat that arrived; nil before the first.
    public private(set) var lastSeen: EventPosition?
    /// Gaps that a replay filled, since the start.
    public private(set) var healedGaps = 0
    /// Resets since the start; the first is the beginning.
    public private(set) var resets = 0

    private static let retryAfter: Int64 = 500

    let reactor: BusReactor
    private let address: BusAddress
    private let replays: BusClient
    private let logger: Logger
    /// Deliveries that may wait for the handler; more become one reset.
    private let deliveryLimit: Int
    private var tracker = EventTracker()
    private var ready: [EventDelivery] = []
    private var socket: BusSocket?
    private var isEnding = false
    private var reader: CheckedContinuation<Void, Never>?
    private var gaps: AsyncStream<EventTracker.Gap>.Continuation?
    private var retryAt: Int64?

    /// - Parameters:
    ///   - address: `BusAddresses.events`.
    ///   - replays: a client of the same gateway's queries.
    public init(
        reactor: BusReactor,
        address: String,
        replays: BusClient,
        deliveryLimit: Int = 10_000,
        logger: Logger
    ) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        self.replays = replays
        self.deliveryLimit = deliveryLimit
        self.logger = logger
    }

    /// Subscribes and delivers until the task is cancelled or the reactor is shut down.
    public func run(_ handler: @escaping Handler) async throws(BusError) {
        guard socket == nil, !isEnding else { throw .closed }
        let socket = try BusSocket(
            .subscriber, on: reactor.thread, largestFrame: FrameLimit.request, sendQueue: 100)
        try socket.connect(address)
        self.socket = socket
        let (gaps, continuation) = AsyncStream.makeStream(of: EventTracker.Gap.self)
        self.gaps = continuation
        reactor.thread.add(self, sockets: [socket])
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { for await gap in gaps { await self.heal(gap) } }
                while let deliveries = await takeReady() {
                    for delivery in deliveries where !isEnding { await handler(delivery) }
                }
                group.cancelAll()
            }
        } onCancel: {
            reactor.thread.perform { self.assumeIsolated { $0.end() } }
        }
        end()
    }

    private func takeReady() async -> [EventDelivery]? {
        if ready.isEmpty, !isEnding { await withCheckedContinuation { reader = $0 } }
        guard !isEnding else { return nil }
        defer { ready = [] }
        return ready
    }

    private func end() {
        isEnding = true
        reactor.thread.remove(self)
        socket?.close(lingerMilliseconds: 0)
        socket = nil
        gaps?.finish()
        reader?.resume()
        reader = nil
    }

    private func heal(_ gap: EventTracker.Gap) async {
        var request = WireEventReplayRequest()
        request.epoch = gap.epoch
        request.fromSequence = gap.from
        request.toSequence = gap.to
        var random = SystemRandomNumberGenerator()
        let now = reactor.clock.unixMilliseconds()
        do {
            let reply = try await replays.request(
                kind: .replayRequest, body: request.wireBytes,
                id: .make(unixMilliseconds: now, using: &random), deadline: now + 5000)
            let step = tracker.replayed(try WireEventReplay(wireBytes: reply.body), for: gap)
            if tracker.gap == nil { healedGaps += 1 }
            take(step)
        } catch {
            logger.warning(
                "A gap in the events could not be filled yet.",
                metadata: [LogKey.sequence: "\(gap.from)", LogKey.reason: "\(error.message)"])
            retryAt = reactor.clock.monotonicMilliseconds() + Self.retryAfter
        }
    }
}

extension EventSubscriber: ReactorFlow {
    nonisolated func receive() {
        assumeIsolated { $0.receiveEvents() }
    }

    nonisolated func turn(now: Int64) -> Int64? {
        assumeIsolated { $0.retry(now: now) }
    }

    nonisolated func reactorEnds() {
        assumeIsolated { $0.end() }
    }
}

extension EventSubscriber {
    private func receiveEvents() {
        // Bounded, so that one busy socket leaves the others their turn.
        for _ in 0..<256 {
            guard case .message(let message, _)? = socket?.receive(isRouted: false) else { return }
            switch message.header.kind {
            case .event:
                guard let event = try? WireEvent(wireBytes: message.body) else { continue }
                lastSeen = EventPosition(epoch: event.epoch, sequence: event.sequence)
                take(tracker.received(event))
            case .heartbeat:
                guard let heartbeat = try? WireEventHeartbeat(wireBytes: message.body) else { continue }
                let position = EventPosition(epoch: heartbeat.epoch, sequence: heartbeat.lastSequence)
                lastSeen = position
                take(tracker.heartbeat(position))
            default:
                continue
            }
        }
    }

    private func retry(now: Int64) -> Int64? {
        guard let retryAt else { return nil }
        guard now >= retryAt else { return retryAt }
        self.retryAt = nil
        if let gap = tracker.gap { gaps?.yield(gap) }
        return nil
    }

    private func take(_ step: EventTracker.Step) {
        for case .reset in step.deliveries { resets += 1 }
        ready += step.deliveries
        if ready.count > deliveryLimit {
            ready = [.reset(tracker.position)]
            resets += 1
        }
        if !ready.isEmpty {
            reader?.resume()
            reader = nil
        }
        if let gap = step.ask { gaps?.yield(gap) }
    }
}
