/// One message of a stream.
public struct StoredEvent: Sendable, Equatable {
    /// From 1, without a gap.
    public let sequence: Int
    public let json: [UInt8]

    public init(sequence: Int, json: [UInt8]) {
        self.sequence = sequence
        self.json = json
    }
}

/// What a store knows of a stream after some event.
public struct StoredStream: Sendable {
    public var events: [StoredEvent]
    /// No further event will come.
    public var isFinished: Bool

    public init(events: [StoredEvent], isFinished: Bool) {
        self.events = events
        self.isFinished = isFinished
    }
}

/// Keeps the messages of legacy streams for a while, on all front doors, so that a client may lose its connection.
/// Bounded: of old streams and of long ones the beginning is lost.
public protocol EventStore: Sendable {
    /// A stream begins: from now on it is known, though it has no event yet.
    func open(_ stream: StreamID) async throws(Problem)

    func append(_ event: StoredEvent, to stream: StreamID) async throws(Problem)

    func finish(_ stream: StreamID) async throws(Problem)

    /// - Returns: nil when the stream is unknown, or the event after `sequence` is lost.
    func events(of stream: StreamID, after sequence: Int) async throws(Problem) -> StoredStream?
}

/// A store for one process.
public actor InMemoryEventStore: EventStore {
    private struct Kept {
        var events: [StoredEvent] = []
        var isFinished = false
    }

    private let maximumStreams: Int
    private let maximumEvents: Int
    private var streams: [StreamID: Kept] = [:]
    private var order: [StreamID] = []

    /// - Parameter maximumEvents: of one stream.
    public init(maximumStreams: Int = 1024, maximumEvents: Int = 256) {
        self.maximumStreams = maximumStreams
        self.maximumEvents = maximumEvents
    }

    public func open(_ stream: StreamID) async throws(Problem) {
        kept(stream) { _ in }
    }

    public func append(_ event: StoredEvent, to stream: StreamID) async throws(Problem) {
        kept(stream) { kept in
            kept.events.append(event)
            if kept.events.count > maximumEvents { kept.events.removeFirst(kept.events.count - maximumEvents) }
        }
    }

    public func finish(_ stream: StreamID) async throws(Problem) {
        kept(stream) { $0.isFinished = true }
    }

    public func events(of stream: StreamID, after sequence: Int) async throws(Problem) -> StoredStream? {
        guard let kept = streams[stream] else { return nil }
        let events = kept.events.filter { $0.sequence > sequence }
        if let first = events.first, first.sequence > sequence + 1 { return nil }
        return StoredStream(events: events, isFinished: kept.isFinished)
    }

    private func kept(_ stream: StreamID, _ change: (inout Kept) -> Void) {
        if streams[stream] == nil {
            if order.count >= maximumStreams { streams[order.removeFirst()] = nil }
            order.append(stream)
        }
        change(&streams[stream, default: Kept()])
    }
}
