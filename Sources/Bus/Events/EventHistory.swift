internal import Contracts

/// The last events that were published, for replays, and what of them was not sent yet. Pure.
struct EventHistory: Sendable {
    let epoch: UInt64
    private let capacity: Int
    private var events: [WireEvent] = []
    /// Index of the oldest event once the array is full.
    private var oldest = 0
    private(set) var last: UInt64 = 0
    private var sent: UInt64 = 0

    init(epoch: UInt64, capacity: Int) {
        self.epoch = epoch
        self.capacity = capacity
    }

    var position: EventPosition { EventPosition(epoch: epoch, sequence: last) }
    var hasUnsent: Bool { sent < last }
    private var first: UInt64 { last + 1 - UInt64(events.count) }

    /// - Returns: the event's sequence.
    mutating func append(_ event: WireEvent) -> UInt64 {
        var event = event
        last += 1
        event.epoch = epoch
        event.sequence = last
        if events.count < capacity {
            events.append(event)
        } else {
            events[oldest] = event
            oldest = (oldest + 1) % capacity
        }
        return last
    }

    /// The next events to send; what was pushed out before it could be sent is a gap for the subscribers.
    mutating func takeUnsent(atMost limit: Int) -> [WireEvent] {
        let start = max(sent + 1, first)
        guard start <= last else { return [] }
        let end = min(last, start + UInt64(limit) - 1)
        sent = end
        return (start...end).map { self[$0] }
    }

    func replay(_ request: WireEventReplayRequest, atMost limit: Int) -> WireEventReplay {
        var replay = WireEventReplay()
        replay.epoch = epoch
        let (from, to) = (request.fromSequence, min(request.toSequence, last))
        guard request.epoch == epoch, from >= first, from > 0, from <= to else { return replay }
        replay.available = true
        replay.events = (from...min(to, from + UInt64(limit) - 1)).map { self[$0] }
        return replay
    }

    private subscript(sequence: UInt64) -> WireEvent {
        events[(oldest + Int(sequence - first)) % events.count]
    }
}
