/// Decides when one connection is closed. Pure: events and the time come in, decisions come out.
struct ConnectionState {
    typealias Instant = ContinuousClock.Instant

    /// What becomes of the connection after a response.
    enum Ending {
        case stays
        case closes
        /// Nothing more is sent, and the connection closes at the end of the body that is still arriving.
        case closesOutput
    }

    /// Body bytes that are read and thrown away after an early answer. A socket that is closed with unread bytes
    /// resets the connection, and a client which is still sending would lose the answer; more than this is cut off.
    static let discardable = 16 << 20
    private static let discardTime = Duration.seconds(5)

    private let limits: ConnectionLimits
    /// The head of a request is read, the end of its body is not.
    private var isReading = false
    /// Requests whose head is read and whose response is not finished.
    private var unanswered = 0
    private var discarded = 0
    private var waitDeadline: Instant?
    private var drainDeadline: Instant?
    private var stallDeadline: Instant?
    private var closesAfterResponse = false

    init(limits: ConnectionLimits, now: Instant) {
        self.limits = limits
        waitDeadline = now + limits.firstHead
    }

    /// When to ask ``isExpired(at:)`` again; nil: only the response is waited for.
    var deadline: Instant? {
        [waitDeadline, drainDeadline, stallDeadline].compactMap(\.self).min()
    }

    /// The answer is sent, and the rest of the request's body is of no use to anybody.
    var isDiscarding: Bool {
        isReading && unanswered == 0
    }

    func isExpired(at now: Instant) -> Bool {
        deadline.map { $0 <= now } ?? false
    }

    /// The connection takes no more for now, or takes more again.
    mutating func writabilityChanged(_ isWritable: Bool, at now: Instant) {
        stallDeadline = isWritable ? nil : stallDeadline ?? now + limits.stall
    }

    mutating func headRead(at now: Instant) {
        isReading = true
        unanswered += 1
        discarded = 0
        waitDeadline = now + limits.body
    }

    /// - Returns: whether to close.
    mutating func bodyRead(_ bytes: Int) -> Bool {
        guard isDiscarding else { return false }
        discarded += bytes
        return discarded > Self.discardable
    }

    /// - Returns: whether to close.
    mutating func endRead(at now: Instant) -> Bool {
        isReading = false
        waitDeadline = unanswered == 0 ? now + idleLimit : nil
        return unanswered == 0 && closesAfterResponse
    }

    /// - Returns: whether the response must say that the connection closes after it.
    mutating func responseBegins() -> Bool {
        closesAfterResponse = drainDeadline != nil && unanswered <= 1
        return closesAfterResponse
    }

    mutating func responseEnds(at now: Instant) -> Ending {
        unanswered -= 1
        if unanswered == 0 {
            waitDeadline = now + (isReading ? min(Self.discardTime, limits.body) : idleLimit)
        }
        guard closesAfterResponse else { return .stays }
        return isDiscarding ? .closesOutput : .closes
    }

    /// The server drains: what is in flight is finished, with the word that the connection closes.
    mutating func drain(at now: Instant) {
        guard drainDeadline == nil else { return }
        drainDeadline = now + limits.drain
        if unanswered == 0, !isReading {
            waitDeadline = now + limits.drainIdle
        }
    }

    private var idleLimit: Duration {
        drainDeadline == nil ? limits.idle : limits.drainIdle
    }
}
