/// How one shard's connection has done since its start.
public struct GatewayMetrics: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        case connecting
        case identifying
        case resuming
        case ready
        case waiting
        case failed
    }

    public internal(set) var shard = ShardPosition()
    public internal(set) var state = State.connecting
    /// The last dispatch received.
    public internal(set) var sequence = 0
    /// Connections beyond the first.
    public internal(set) var reconnects = 0
    /// Sessions that Discord resumed.
    public internal(set) var resumes = 0
    /// IDENTIFYs sent.
    public internal(set) var identifies = 0
    /// Dispatches that came a second time and were dropped.
    public internal(set) var duplicates = 0
    /// Times that a dispatch was missing in the sequence.
    public internal(set) var gaps = 0
    /// Messages that could not be read, and connections whose compression broke.
    public internal(set) var malformed = 0
    /// Bytes of the messages as they came, since the start.
    public internal(set) var wireBytes = 0
    /// Bytes of the same messages unpacked.
    public internal(set) var payloadBytes = 0
    /// Nil: not measured yet.
    public internal(set) var heartbeatRoundTrip: Duration?
    /// Why the last connection ended, for people.
    public internal(set) var lastClose = ""
}
