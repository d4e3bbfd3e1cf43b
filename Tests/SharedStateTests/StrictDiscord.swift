import Contracts

/// Discord's limits as strictly as documented, in virtual microseconds: fixed windows from the first request of each
/// bucket, and at most 50 requests in any second over all. Counts at arrival, and counts every breach.
struct StrictDiscord {
    struct Bucket {
        let hash: String
        let limit: Int
        let period: Int
    }

    private struct Window {
        var ends = 0
        var used = 0
    }

    let buckets: [String: Bucket]
    /// Microseconds that its clock is ahead of ours.
    let clock: Int
    private var windows: [String: Window] = [:]
    private var arrivals: [Int] = []
    private(set) var breaches: [String] = []
    private(set) var served = 0
    /// Requests let through, by bucket and major parameter.
    private(set) var used: [String: Int] = [:]

    init(buckets: [String: Bucket], clock: Int = 0) {
        self.buckets = buckets
        self.clock = clock
    }

    mutating func handle(_ route: RateRoute, now: Int) -> RateReport {
        served += 1
        if route.countsGlobally {
            arrivals.removeAll { $0 <= now - 1_000_000 }
            if arrivals.count >= 50 {
                breaches.append("global at \(now)")
                return RateReport(status: 429, retryAfter: .seconds(1), scope: .global)
            }
            arrivals.append(now)
        }
        guard let bucket = buckets[route.template] else { return RateReport(status: 200) }
        var window = windows["\(bucket.hash):\(route.majorParameter)"] ?? Window()
        if now >= window.ends { window = Window(ends: now + bucket.period) }
        // Headers have milliseconds: both are cut.
        let left = Duration.microseconds((window.ends - now) / 1000 * 1000)
        let judgedAt = Duration.microseconds((window.ends + clock) / 1000 * 1000) - left
        defer { windows["\(bucket.hash):\(route.majorParameter)"] = window }
        guard window.used < bucket.limit else {
            breaches.append("\(route.template) \(route.majorParameter) at \(now)")
            return RateReport(
                status: 429, bucket: bucket.hash, limit: bucket.limit, remaining: 0, resetAfter: left, retryAfter: left,
                scope: .user, judgedAt: judgedAt)
        }
        window.used += 1
        used["\(bucket.hash):\(route.majorParameter)", default: 0] += 1
        return RateReport(
            status: 200, bucket: bucket.hash, limit: bucket.limit, remaining: bucket.limit - window.used,
            resetAfter: left, judgedAt: judgedAt)
    }
}
