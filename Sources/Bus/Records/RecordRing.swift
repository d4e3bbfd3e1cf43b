/// A producer's records that are not acknowledged yet, in order. Pure; bounded in number and bytes.
struct RecordRing: Sendable {
    struct Limits: Hashable, Sendable {
        var records = 4096
        var bytes = 4 << 20
    }

    struct Batch: Hashable, Sendable {
        let epoch: UInt64
        let firstSequence: UInt64
        let bodies: [[UInt8]]
    }

    enum Acknowledgement: Hashable, Sendable {
        /// For another epoch, or for nothing that was sent.
        case ignored
        /// Everything up to the sequence is durable.
        case advanced
        /// The writer knows less than it has acknowledged: its log lost records, and the numbers begin again.
        case renumbered(shift: UInt64)
    }

    private let limits: Limits
    private(set) var epoch: UInt64
    private var bodies: [[UInt8]] = []
    /// Index of the oldest unacknowledged body; what is before it is dropped now and then.
    private var head = 0
    private var bytes = 0
    /// Everything up to here is durable.
    private(set) var acknowledged: UInt64 = 0
    /// Everything up to here was sent on this connection.
    private(set) var sent: UInt64 = 0

    init(epoch: UInt64, limits: Limits) {
        self.epoch = epoch
        self.limits = limits
    }

    var count: Int { bodies.count - head }
    var last: UInt64 { acknowledged + UInt64(count) }
    var hasUnsent: Bool { sent < last }
    var hasUnacknowledged: Bool { acknowledged < sent }

    /// - Returns: the record's sequence; nil when the ring is full.
    mutating func append(_ body: [UInt8]) -> UInt64? {
        guard count < limits.records, bytes + body.count <= limits.bytes || count == 0 else { return nil }
        bodies.append(body)
        bytes += body.count
        return last
    }

    /// The next records to send; at least one if there is one.
    func nextBatch(records: Int, bytes: Int) -> Batch? {
        guard hasUnsent else { return nil }
        let start = head + Int(sent - acknowledged)
        var end = start
        var size = 0
        while end < bodies.count, end - start < records {
            size += bodies[end].count
            if size > bytes, end > start { break }
            end += 1
        }
        return Batch(epoch: epoch, firstSequence: sent + 1, bodies: Array(bodies[start..<end]))
    }

    mutating func markSent(_ batch: Batch) {
        sent = max(sent, batch.firstSequence + UInt64(batch.bodies.count) - 1)
    }

    /// Everything unacknowledged is sent again.
    mutating func rewind() {
        sent = acknowledged
    }

    /// - Parameters:
    ///   - resend: the writer saw a gap and wants the record after `sequence`.
    ///   - freshEpoch: taken when the numbers must begin again.
    mutating func acknowledge(
        upTo sequence: UInt64, epoch: UInt64, resend: Bool, freshEpoch: UInt64
    ) -> Acknowledgement {
        guard epoch == self.epoch, sequence <= last else { return .ignored }
        if sequence < acknowledged {
            guard resend else { return .ignored }
            let shift = acknowledged
            self.epoch = max(freshEpoch, epoch + 1)
            (acknowledged, sent) = (0, 0)
            return .renumbered(shift: shift)
        }
        drop(Int(sequence - acknowledged))
        acknowledged = sequence
        sent = resend ? sequence : max(sent, sequence)
        return .advanced
    }

    private mutating func drop(_ number: Int) {
        for index in head..<(head + number) { bytes -= bodies[index].count }
        head += number
        if head > 512, head * 2 > bodies.count {
            bodies.removeFirst(head)
            head = 0
        }
    }
}
