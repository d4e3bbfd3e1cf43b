internal import Contracts

/// Turns what arrives of a stream of events into all events in order, or an honest reset. Pure.
struct EventTracker: Sendable {
    /// Events to ask for; inclusive.
    struct Gap: Hashable, Sendable {
        let epoch: UInt64
        let from: UInt64
        let to: UInt64
    }

    struct Step: Sendable {
        var deliveries: [EventDelivery] = []
        /// Ask for these now.
        var ask: Gap?
    }

    private let bufferLimit: Int
    private var epoch: UInt64 = 0
    /// Sequence of the next event to deliver.
    private var next: UInt64 = 0
    /// Events after a gap, ascending, none twice.
    private var buffer: [WireEvent] = []
    private(set) var gap: Gap?
    /// Heartbeats of an earlier epoch since the last sign of the current one.
    private var oldHeartbeats = 0

    /// An earlier life's messages may still be on their way when the next one speaks already; but when only it is heard,
    /// it is the one that lives, whatever its number.
    static let oldHeartbeatsToBelieve = 3

    /// - Parameter bufferLimit: events that may wait for a gap to be filled.
    init(bufferLimit: Int = 10_000) {
        self.bufferLimit = bufferLimit
    }

    /// Everything up to here was delivered, or is part of the snapshot that the last reset asked for.
    var position: EventPosition { EventPosition(epoch: epoch, sequence: max(next, 1) - 1) }

    mutating func received(_ event: WireEvent) -> Step {
        if event.epoch != epoch {
            // What an earlier life of the gateway sent is of no use any more.
            guard event.epoch > epoch, event.sequence > 0 else { return Step() }
            var step = restart(at: EventPosition(epoch: event.epoch, sequence: event.sequence - 1))
            step.deliveries.append(.event(event))
            next += 1
            return step
        }
        oldHeartbeats = 0
        guard event.sequence >= next else { return Step() }
        if gap == nil, event.sequence == next {
            next += 1
            return Step(deliveries: [.event(event)])
        }
        guard event.sequence > (buffer.last?.sequence ?? 0) else { return Step() }
        guard buffer.count < bufferLimit else {
            return restart(at: EventPosition(epoch: epoch, sequence: event.sequence))
        }
        buffer.append(event)
        return gap == nil ? askForFirstGap() : Step()
    }

    mutating func heartbeat(_ position: EventPosition) -> Step {
        if position.epoch != epoch {
            if position.epoch < epoch {
                oldHeartbeats += 1
                guard oldHeartbeats >= Self.oldHeartbeatsToBelieve else { return Step() }
            }
            return restart(at: position)
        }
        oldHeartbeats = 0
        guard gap == nil, position.sequence >= next else { return Step() }
        return ask(to: position.sequence)
    }

    /// - Parameter asked: the gap that this answers.
    mutating func replayed(_ replay: WireEventReplay, for asked: Gap) -> Step {
        guard asked == gap else { return Step() }
        gap = nil
        var step = Step()
        for event in replay.events where event.sequence == next && replay.epoch == epoch {
            step.deliveries.append(.event(event))
            next += 1
        }
        guard replay.available, !step.deliveries.isEmpty else {
            return restart(at: EventPosition(epoch: epoch, sequence: buffer.last?.sequence ?? asked.to))
        }
        deliverBuffer(into: &step)
        if next <= asked.to {
            step.ask = ask(to: asked.to).ask
        } else {
            step.ask = askForFirstGap().ask
        }
        return step
    }

    private mutating func deliverBuffer(into step: inout Step) {
        var delivered = 0
        for event in buffer {
            guard event.sequence <= next else { break }
            delivered += 1
            guard event.sequence == next else { continue }
            step.deliveries.append(.event(event))
            next += 1
        }
        buffer.removeFirst(delivered)
    }

    private mutating func askForFirstGap() -> Step {
        guard let first = buffer.first else { return Step() }
        return ask(to: first.sequence - 1)
    }

    private mutating func ask(to last: UInt64) -> Step {
        let gap = Gap(epoch: epoch, from: next, to: last)
        self.gap = gap
        return Step(ask: gap)
    }

    private mutating func restart(at position: EventPosition) -> Step {
        epoch = position.epoch
        next = position.sequence + 1
        buffer = []
        gap = nil
        oldHeartbeats = 0
        return Step(deliveries: [.reset(position)])
    }
}
