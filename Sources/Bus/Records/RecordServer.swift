public import Contracts
public import Logging

/// Takes audit records from every process and hands them to the log: in order, each once, in the largest batches that
/// arrive, and acknowledged only when the log has them. A ROUTER socket.
public actor RecordServer {
    /// Writes the records and returns their places in the log, in the same order, when they are durable. An error is
    /// told to the producers, which keep the records and send them again.
    public typealias Sink = @concurrent @Sendable ([IncomingRecord]) async throws(WireError) -> [UInt64]

    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    /// Frames that were no records of ours, since the start.
    public private(set) var malformedCount = 0
    /// Records that the log had already, since the start.
    public private(set) var duplicateCount = 0

    private let reactor: BusReactor
    private let address: BusAddress
    private let logger: Logger
    private let sink: Sink
    private var intake: RecordIntake
    private var routes: [RecordStream: Route] = [:]
    private var queued: [IncomingRecord] = []
    private var socket: BusSocket?
    private var isRunning = false
    private var isEnding = false
    private var next: CheckedContinuation<Void, Never>?

    /// - Parameters:
    ///   - address: `BusAddresses.records`.
    ///   - known: how far each stream is in the log, so that a restart of the writer drops duplicates too.
    public init(
        reactor: BusReactor,
        address: String,
        known: [RecordStream: RecordPosition],
        logger: Logger,
        sink: @escaping Sink
    ) throws(BusError) {
        self.reactor = reactor
        self.address = try BusAddress(address)
        self.logger = logger
        self.sink = sink
        intake = RecordIntake(known: known)
    }

    /// Binds the address; ``run()`` does it otherwise. The address belongs to this process until the reactor's shutdown.
    ///
    /// - Throws: `addressInUse` when another process serves the address.
    public func bind() throws(BusError) {
        guard socket == nil else { return }
        guard !isEnding else { throw .closed }
        let socket = try BusSocket(
            .router, on: reactor.thread, largestFrame: FrameLimit.request, sendQueue: 10_000)
        try socket.bind(address, on: reactor.thread)
        self.socket = socket
        reactor.thread.add(self, sockets: [socket], isReading: false)
    }

    /// Serves until ``drain()``, until the task is cancelled or the reactor is shut down. What was taken from the
    /// socket is written and acknowledged first.
    public func run() async throws(BusError) {
        try bind()
        guard let socket, !isRunning else { throw .closed }
        isRunning = true
        reactor.thread.setReading(self, !isEnding)
        await withTaskCancellationHandler {
            while let records = await takeQueued() { await write(records) }
        } onCancel: {
            drain()
        }
        reactor.thread.remove(self)
        socket.close(lingerMilliseconds: 1000)
        self.socket = nil
    }

    /// Takes nothing new and ends ``run()`` when everything taken is written. Producers keep the rest for the next writer.
    public nonisolated func drain() {
        reactor.thread.perform { self.assumeIsolated { $0.end() } }
    }

    private func end() {
        isEnding = true
        reactor.thread.setReading(self, false)
        wakeWriter()
    }

    private func wakeWriter() {
        next?.resume()
        next = nil
    }

    /// Everything that arrived while the last batch was written; nil at the end.
    private func takeQueued() async -> [IncomingRecord]? {
        if queued.isEmpty, !isEnding { await withCheckedContinuation { next = $0 } }
        guard !queued.isEmpty else { return nil }
        defer { queued = [] }
        return queued
    }

    private func write(_ records: [IncomingRecord]) async {
        do {
            let positions = try await sink(records)
            let written = zip(records, positions).map { record, position in
                RecordIntake.Written(stream: record.stream, sequence: record.sequence, logSequence: position)
            }
            for acknowledgement in intake.written(written) { send(acknowledgement) }
        } catch {
            logger.error("The audit log refuses records.", metadata: [LogKey.reason: "\(error.message)"])
            let streams = Set(records.map(\.stream)).union(queued.map(\.stream))
            queued = []
            for acknowledgement in intake.refused(streams) { send(acknowledgement, refusal: error) }
        }
    }
}

extension RecordServer: ReactorFlow {
    nonisolated func receive() {
        assumeIsolated { $0.receiveRecords() }
    }

    nonisolated func turn(now: Int64) -> Int64? { nil }

    nonisolated func reactorEnds() {
        assumeIsolated { server in
            server.end()
            server.socket?.close(lingerMilliseconds: 1000)
            server.socket = nil
        }
    }
}

extension RecordServer {
    private func receiveRecords() {
        // Bounded, so that the batch goes to the log while more arrives.
        receiving: for _ in 0..<256 {
            switch socket?.receive(isRouted: true) {
            case .message(let message, let route): take(message, from: route)
            case .malformed: malformedCount += 1
            case .some(.none), nil: break receiving
            }
        }
        if !queued.isEmpty { wakeWriter() }
    }

    private func take(_ message: BusMessage, from route: Route) {
        guard message.header.kind == .record, let batch = try? WireRecordBatch(wireBytes: message.body),
            !batch.bodies.isEmpty
        else {
            malformedCount += 1
            return
        }
        let stream = RecordStream(producer: batch.producer, epoch: batch.epoch)
        routes[stream] = route
        switch intake.offer(stream, first: batch.firstSequence, count: batch.bodies.count) {
        case .accepted(let offset):
            duplicateCount += offset
            queued += batch.records.dropFirst(offset)
        case .waiting:
            duplicateCount += batch.bodies.count
        case .answer(let acknowledgement):
            if !acknowledgement.resend { duplicateCount += batch.bodies.count }
            send(acknowledgement)
        }
    }

    private func send(_ acknowledgement: RecordIntake.Acknowledgement, refusal: WireError? = nil) {
        guard let route = routes[acknowledgement.stream] else { return }
        var body = WireRecordAcknowledgement()
        body.epoch = acknowledgement.stream.epoch
        body.upToSequence = acknowledgement.upTo.sequence
        body.logSequence = acknowledgement.upTo.logSequence
        body.firstSequence = acknowledgement.firstSequence
        body.resend = acknowledgement.resend
        if let refusal { body.refusal = refusal }
        let header = BusHeader(kind: .acknowledgement, id: MessageID(high: body.epoch, low: body.upToSequence))
        // A producer that is gone asks again when it is back.
        _ = socket?.send(BusMessage(header: header, body: body.wireBytes), to: route)
    }
}
