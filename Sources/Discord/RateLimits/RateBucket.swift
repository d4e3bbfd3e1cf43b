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

    var line = WaitingLine()
    /// The part of Discord's limit that may be spent, above 0 up to 1.
    private let share: Double
    private var knowledge = Knowledge.none
    private var available = 0
    private var inFlight = 0
    private var resetAt: Duration?
    private var blockedUntil: Duration?
    /// The best guess of the window's length, for requests whose answer never came.
    private var longestReset: Duration = .zero

    init(share: Double = 1) {
        self.share = share
    }

    /// At least one: a bucket of one is shared by luck.
    private func ours(_ count: Int) -> Int {
        count > 0 ? max(1, Int(Double(count) * share)) : 0
    }

    mutating func refill(at now: Duration) {
        if let blockedUntil, blockedUntil <= now { self.blockedUntil = nil }
        guard let resetAt, resetAt <= now, case .limited(let limit) = knowledge else { return }
        available = max(0, ours(limit) - inFlight)
        self.resetAt = nil
    }

    /// How long a request with so many before it in the line must wait; nil: not at all.
    func wait(at now: Duration, poll: Duration, ahead: Int) -> Duration? {
        if let blockedUntil { return blockedUntil - now }
        let free: Int
        var end: Duration?
        switch knowledge {
        case .unlimited: return nil
        case .none: free = 1 - inFlight
        case .limited:
            free = available
            end = resetAt.map { $0 - now }
        }
        guard ahead >= free else { return nil }
        guard let end else { return poll }
        // Places that others before it have not taken yet.
        return free > 0 ? min(end, poll) : end
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
            if !known { available = ours(limit) }
        } else if report.bucket == nil, case .none = knowledge, (200..<300).contains(report.status) {
            knowledge = .unlimited
        }
        if let remaining = report.remaining {
            // Requests in flight may not be counted in the answer yet.
            available = max(0, min(available, ours(remaining - inFlight)))
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
        inFlight == 0 && line.isEmpty(at: now) && (resetAt ?? now) <= now && (blockedUntil ?? now) <= now
    }
}
