/// How one gateway connection has done since its start.
public struct GatewayMetrics: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        case connecting
        case identifying
        case resuming
        case ready
        case waiting
        case failed
    }

    public internal(set) var state = State.connecting
    /// The last dispatch received.
    public internal(set) var sequence = 0
    /// Connections beyond the first.
    public internal(set) var reconnects = 0
    /// Sessions that Discord resumed.
    public internal(set) var resumes = 0
    /// IDENTIFYs sent.
    public internal(set) var identifies = 0
    /// Nil: not measured yet.
    public internal(set) var heartbeatRoundTrip: Duration?
    /// Why the last connection ended, for people.
    public internal(set) var lastClose = ""
}
