import Contracts

/// The slots of the global limit, as `GlobalRateLimit` explains them. Pure.
struct GlobalSlots: Sendable {
    /// When an answered request arrived at the latest.
    private enum Arrival {
        /// In Discord's time.
        case judged(Duration)
        case ours(Duration)

        func inOurTime(quickestWay: Duration) -> Duration {
            switch self {
            case .judged(let time): time - quickestWay
            case .ours(let time): time
            }
        }
    }

    private static let hold = GlobalRateLimit.window + GlobalRateLimit.margin

    private let count: Int
    /// The unanswered, by lease: when they were reserved.
    private var pending: [UInt64: Duration] = [:]
    private var arrivals: [Arrival] = []
    private var way = RecentLeast()
    private var trip = RecentLeast()
    private(set) var blockedUntil: Duration = .zero

    init(count: Int) {
        self.count = count
    }

    mutating func free(at now: Duration) -> Int {
        pending = pending.filter { $0.value + Self.hold + GlobalRateLimit.longestDelay > now }
        // Discord's clock or the way to it jumped: they are held once more from now.
        for index in arrivals.indices where time(of: arrivals[index]) > now + GlobalRateLimit.longestDelay {
            arrivals[index] = .ours(now)
        }
        forgetOld(at: now)
        return count - pending.count - arrivals.count
    }

    /// When a slot may be free for a call with so many more before it than slots are free.
    func wait(index: Int, at now: Duration) -> Duration {
        let ends = (arrivals.map { time(of: $0) } + Array(pending.values)).sorted()
        guard index < ends.count else { return .seconds(1) }
        return max(ends[index] + Self.hold - now, .milliseconds(2))
    }

    mutating func take(_ lease: UInt64, at now: Duration) {
        pending[lease] = now
    }

    /// A lease that is not known here was given by another ledger: its request counts all the same.
    mutating func answered(_ lease: UInt64, judgedAt: Duration?, at now: Duration) {
        guard let reserved = pending.removeValue(forKey: lease) else {
            forgetOld(at: now)
            return arrivals.append(.ours(now))
        }
        if let judgedAt {
            way.note(judgedAt - reserved, at: now)
            arrivals.append(.judged(judgedAt))
        } else {
            trip.note(now - reserved, at: now)
            arrivals.append(.ours(now - (trip.value ?? .zero)))
        }
    }

    private func time(of arrival: Arrival) -> Duration { arrival.inOurTime(quickestWay: way.value ?? .zero) }

    private mutating func forgetOld(at now: Duration) {
        let quickest = way.value ?? .zero
        arrivals.removeAll { $0.inOurTime(quickestWay: quickest) + Self.hold <= now }
    }

    mutating func block(until end: Duration) {
        blockedUntil = max(blockedUntil, end)
    }
}

/// The smallest of this period's measurements and the one's before.
private struct RecentLeast: Sendable {
    private var period = 0
    private var current: Duration?
    private var before: Duration?

    var value: Duration? {
        guard let current else { return before }
        return before.map { min($0, current) } ?? current
    }

    mutating func note(_ measure: Duration, at now: Duration) {
        let index = Int(now / GlobalRateLimit.memory)
        if index != period {
            before = index == period + 1 ? current : nil
            current = nil
            period = index
        }
        current = current.map { min($0, measure) } ?? measure
    }
}
