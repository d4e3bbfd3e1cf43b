public import Contracts

/// A place in one gateway process's stream of events.
public struct EventPosition: Hashable, Sendable {
    /// The life of the gateway process; a larger one is a later life.
    public var epoch: UInt64
    /// 0 before the first event.
    public var sequence: UInt64

    public init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }
}

/// What a subscriber is told, in order.
public enum EventDelivery: Sendable {
    /// The next event; what a gap had lost is here as well, in its place.
    case event(WireEvent)
    /// Events are missing for good (or this is the beginning): take a snapshot now. The next event is the one after
    /// this position; a snapshot may include it and more, so compare sequences.
    case reset(EventPosition)
}
