import Contracts

/// Discord's rate limits as learnt from its answers. Pure: time is any clock that never goes back, from any origin.
///
/// Safe by one argument: a bucket refills only after `resetAt`, the latest reset that any answer named, and what is
/// in flight then stays subtracted. So each request that Discord counts in its current window is either in flight
/// (subtracted) or was answered (and its answer moved `resetAt` beyond the window).
/// Source: <https://discord.com/developers/docs/topics/rate-limits>
struct RateBuckets: Sendable {
    struct Limits: Sendable {
        /// Slots of the global limit that may be spent.
        var globalCount = GlobalRateLimit.count
        /// The part of each bucket's limit that may be spent, above 0 up to 1.
        var share = 1.0
        /// When to ask again if only an answer in flight can tell.
        var poll: Duration = .milliseconds(20)
        /// Idle buckets are forgotten beyond this count.
        var rememberedBuckets = 4096
    }

    private struct Lease {
        let bucket: RateBucket.ID
        var expiresAt: Duration
    }

    private let limits: Limits
    private var buckets: [RateBucket.ID: RateBucket] = [:]
    private var learnt: [RateRoute: String] = [:]
    /// What a template's last answer named: the best guess for a major parameter that was not used yet.
    private var learntByTemplate: [String: String] = [:]
    private var leases: [UInt64: Lease] = [:]
    private var nextLease: UInt64 = 1
    private var slots: GlobalSlots
    private var line = WaitingLine()

    init(limits: Limits = Limits()) {
        self.limits = limits
        slots = GlobalSlots(count: limits.globalCount)
    }

    mutating func reserve(_ turn: RateTurn, at now: Duration) -> RateDecision {
        expireLeases(at: now)
        let id = bucketID(of: turn.route)
        var bucket = buckets[id] ?? RateBucket(share: limits.share)
        defer { buckets[id] = bucket }
        bucket.refill(at: now)
        let (ahead, isOldest) = bucket.line.position(of: turn, at: now)
        if let wait = bucket.wait(at: now, poll: limits.poll, ahead: ahead) {
            line.leave(turn)
            return stand(turn, for: wait, at: now, in: &bucket)
        }
        var isOldestOfAll = false
        if turn.route.countsGlobally {
            let place = line.position(of: turn, at: now)
            isOldestOfAll = place.isOldest
            if let wait = globalWait(behind: place.ahead, isOldest: place.isOldest, at: now) {
                if wait <= turn.patience { line.stand(turn, for: wait, at: now) } else { line.leave(turn) }
                return stand(turn, for: wait, at: now, in: &bucket)
            }
        }
        bucket.take()
        bucket.line.serve(turn, isOldest: isOldest)
        let lease = nextLease
        nextLease += 1
        if turn.route.countsGlobally {
            line.serve(turn, isOldest: isOldestOfAll)
            slots.take(lease, at: now)
        }
        leases[lease] = Lease(bucket: id, expiresAt: now + RateLease.lifetime)
        return .proceed(lease: lease)
    }

    mutating func renew(_ lease: UInt64, at now: Duration) {
        leases[lease]?.expiresAt = now + RateLease.lifetime
    }

    /// Unknown leases (already ended) still teach what the answer says.
    mutating func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?, at now: Duration) {
        if let ended = leases.removeValue(forKey: lease) {
            buckets[ended.bucket]?.giveBack()
            if report == nil { buckets[ended.bucket]?.assumeCounted(at: now) }
        }
        guard var report else { return }
        if route.countsGlobally { slots.answered(lease, judgedAt: report.judgedAt, at: now) }
        if report.status == 429, report.scope == .global {
            slots.block(until: now + (report.retryAfter ?? .seconds(1)))
            return
        }
        let known = learnt[route] ?? learntByTemplate[route.template]
        if report.status == 429, let known, report.bucket != known {
            // Whoever refused it may have a bucket of its own: what was learnt from good answers stays.
            (report.bucket, report.limit, report.remaining, report.resetAfter) = (nil, nil, nil, nil)
        }
        if let name = report.bucket {
            learnt[route] = name
            learntByTemplate[route.template] = name
        }
        buckets[bucketID(of: route), default: RateBucket(share: limits.share)].learn(report, at: now)
        if buckets.count > limits.rememberedBuckets { forgetIdle(at: now) }
    }

    private func stand(
        _ turn: RateTurn,
        for wait: Duration,
        at now: Duration,
        in bucket: inout RateBucket
    ) -> RateDecision {
        if wait <= turn.patience { bucket.line.stand(turn, for: wait, at: now) } else { bucket.line.leave(turn) }
        return .wait(wait)
    }

    private func bucketID(of route: RateRoute) -> RateBucket.ID {
        let name = learnt[route] ?? learntByTemplate[route.template] ?? route.template
        return RateBucket.ID(name: name, majorParameter: route.majorParameter)
    }

    private mutating func globalWait(behind ahead: Int, isOldest: Bool, at now: Duration) -> Duration? {
        if slots.blockedUntil > now { return slots.blockedUntil - now }
        let free = slots.free(at: now)
        guard ahead >= free else { return nil }
        let wait = slots.wait(index: ahead - free, at: now)
        // The turn of the oldest can come before it stands in front.
        return isOldest ? min(wait, .milliseconds(50)) : wait
    }

    private mutating func expireLeases(at now: Duration) {
        for (lease, held) in leases where held.expiresAt <= now {
            leases[lease] = nil
            buckets[held.bucket]?.giveBack()
            buckets[held.bucket]?.assumeCounted(at: now)
        }
    }

    private mutating func forgetIdle(at now: Duration) {
        buckets = buckets.filter { !$0.value.isIdle(at: now) }
        learnt = learnt.filter { route, name in
            buckets[RateBucket.ID(name: name, majorParameter: route.majorParameter)] != nil
        }
    }
}
