import Contracts

/// One bucket of Discord's, for one major parameter.
struct RateBucket: Sendable {
    struct ID: Hashable, Sendable {
        /// Discord's opaque name; the route's template until one is learnt.
        let name: String
        let majorParameter: String
    }

    private enum Knowledge {
        /// No answer yet: one request at a time.
        case none
        case limited(to: Int)
        /// A good answer came without limits: only the global limit counts.
        case unlimited
    }

    private var knowledge = Knowledge.none
    private var available = 0
    private var inFlight = 0
    private var resetAt: Duration?
    private var blockedUntil: Duration?
    /// The best guess of the window's length, for requests whose answer never came.
    private var longestReset: Duration = .zero

    mutating func refill(at now: Duration) {
        if let blockedUntil, blockedUntil <= now { self.blockedUntil = nil }
        guard let resetAt, resetAt <= now, case .limited(let limit) = knowledge else { return }
        available = max(0, limit - inFlight)
        self.resetAt = nil
    }

    /// How long the next request must wait; nil: not at all.
    func wait(at now: Duration, poll: Duration) -> Duration? {
        if let blockedUntil { return blockedUntil - now }
        switch knowledge {
        case .none: return inFlight == 0 ? nil : poll
        case .unlimited: return nil
        case .limited:
            if available > 0 { return nil }
            return resetAt.map { $0 - now } ?? poll
        }
    }

    mutating func take() {
        inFlight += 1
        if case .limited = knowledge { available -= 1 }
    }

    mutating func giveBack() {
        inFlight -= 1
    }

    /// No answer came: Discord may have counted the request in a window that began as late as now.
    mutating func assumeCounted(at now: Duration) {
        guard case .limited = knowledge else { return }
        resetAt = max(resetAt ?? .zero, now + longestReset)
    }

    mutating func learn(_ report: RateReport, at now: Duration) {
        if let limit = report.limit {
            let known = if case .limited = knowledge { true } else { false }
            knowledge = .limited(to: limit)
            if !known { available = limit }
        } else if report.bucket == nil, case .none = knowledge, (200..<300).contains(report.status) {
            knowledge = .unlimited
        }
        if let remaining = report.remaining {
            // Requests in flight may not be counted in the answer yet.
            available = max(0, min(available, remaining - inFlight))
        }
        if let resetAfter = report.resetAfter {
            longestReset = max(longestReset, resetAfter)
            resetAt = max(resetAt ?? .zero, now + resetAfter)
        }
        if report.status == 429 {
            blockedUntil = max(blockedUntil ?? .zero, now + (report.retryAfter ?? .seconds(1)))
            if report.scope != .shared { available = 0 }
        }
        if case .limited = knowledge, resetAt == nil, available == 0 { resetAt = now + longestReset }
    }

    func isIdle(at now: Duration) -> Bool {
        inFlight == 0 && (resetAt ?? now) <= now && (blockedUntil ?? now) <= now
    }
}
