import Contracts

/// Discord's rate limits as learnt from its answers. Pure: time is any clock that never goes back, from any origin.
///
/// Safe by one argument: a bucket refills only after `resetAt`, the latest reset that any answer named, and what is
/// in flight then stays subtracted. So each request that Discord counts in its current window is either in flight
/// (subtracted) or was answered (and its answer moved `resetAt` beyond the window).
/// Source: <https://discord.com/developers/docs/topics/rate-limits>
struct RateBuckets: Sendable {
    struct Limits: Sendable {
        /// Discord judges 50 requests a second at arrival, so the window has a margin for jitter.
        var globalCount = 50
        var globalWindow: Duration = .milliseconds(1100)
        /// A lease that nobody reported ends then.
        var leaseLifetime: Duration = .seconds(60)
        /// When to ask again if only an answer in flight can tell.
        var poll: Duration = .milliseconds(20)
        /// Idle buckets are forgotten beyond this count.
        var rememberedBuckets = 4096
    }

    private struct Lease {
        let bucket: RateBucket.ID
        let expiresAt: Duration
    }

    private let limits: Limits
    private var buckets: [RateBucket.ID: RateBucket] = [:]
    private var learnt: [RateRoute: String] = [:]
    /// What a template's last answer named: the best guess for a major parameter that was not used yet.
    private var learntByTemplate: [String: String] = [:]
    private var leases: [UInt64: Lease] = [:]
    private var oldestLease: UInt64 = 1
    private var nextLease: UInt64 = 1
    private var globalSends: [Duration] = []
    private var globalBlockedUntil: Duration = .zero

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    mutating func reserve(_ route: RateRoute, at now: Duration) -> RateDecision {
        expireLeases(at: now)
        if route.countsGlobally, let wait = globalWait(at: now) { return .wait(wait) }
        let id = bucketID(of: route)
        var bucket = buckets[id] ?? RateBucket()
        bucket.refill(at: now)
        if let wait = bucket.wait(at: now, poll: limits.poll) {
            buckets[id] = bucket
            return .wait(wait)
        }
        bucket.take()
        buckets[id] = bucket
        if route.countsGlobally { globalSends.append(now) }
        let lease = nextLease
        nextLease += 1
        leases[lease] = Lease(bucket: id, expiresAt: now + limits.leaseLifetime)
        return .proceed(lease: lease)
    }

    /// Unknown leases (already ended) still teach what the answer says.
    mutating func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?, at now: Duration) {
        if let ended = leases.removeValue(forKey: lease) {
            buckets[ended.bucket]?.giveBack()
            if report == nil { buckets[ended.bucket]?.assumeCounted(at: now) }
        }
        guard let report else { return }
        if report.status == 429, report.scope == .global {
            globalBlockedUntil = max(globalBlockedUntil, now + (report.retryAfter ?? .seconds(1)))
            return
        }
        if let name = report.bucket {
            learnt[route] = name
            learntByTemplate[route.template] = name
        }
        buckets[bucketID(of: route), default: RateBucket()].learn(report, at: now)
        if buckets.count > limits.rememberedBuckets { forgetIdle(at: now) }
    }

    private func bucketID(of route: RateRoute) -> RateBucket.ID {
        let name = learnt[route] ?? learntByTemplate[route.template] ?? route.template
        return RateBucket.ID(name: name, majorParameter: route.majorParameter)
    }

    private mutating func globalWait(at now: Duration) -> Duration? {
        if globalBlockedUntil > now { return globalBlockedUntil - now }
        globalSends.removeAll { $0 + limits.globalWindow <= now }
        guard globalSends.count >= limits.globalCount, let oldest = globalSends.first else { return nil }
        return oldest + limits.globalWindow - now
    }

    private mutating func expireLeases(at now: Duration) {
        while oldestLease < nextLease {
            if let lease = leases[oldestLease] {
                guard lease.expiresAt <= now else { return }
                leases[oldestLease] = nil
                buckets[lease.bucket]?.giveBack()
                buckets[lease.bucket]?.assumeCounted(at: now)
            }
            oldestLease += 1
        }
    }

    private mutating func forgetIdle(at now: Duration) {
        buckets = buckets.filter { !$0.value.isIdle(at: now) }
        learnt = learnt.filter { route, name in
            buckets[RateBucket.ID(name: name, majorParameter: route.majorParameter)] != nil
        }
    }
}
