import Contracts

/// Discord's side of the rate limits, strict: fixed windows that begin with their first request, a sliding global
/// second, everything judged at arrival.
struct ModelLimits {
    struct Kind {
        let bucket: String
        let limit: Int
        let window: Duration
    }

    private struct Window {
        var start: Duration
        var count: Int
    }

    let kinds: [String: Kind]
    private(set) var overshoots = 0
    private(set) var served = 0
    private var windows: [String: Window] = [:]
    private var recent: [Duration] = []

    init(kinds: [String: Kind]) {
        self.kinds = kinds
    }

    mutating func answer(_ route: RateRoute, at now: Duration) -> RateReport {
        guard let kind = kinds[route.template] else { return RateReport(status: 404) }
        recent.removeAll { $0 + .seconds(1) <= now }
        recent.append(now)
        guard recent.count <= 50 else {
            overshoots += 1
            return RateReport(status: 429, retryAfter: .seconds(1), scope: .global)
        }
        let key = "\(kind.bucket)/\(route.majorParameter)"
        var window = windows[key] ?? Window(start: now, count: 0)
        if window.start + kind.window <= now { window = Window(start: now, count: 0) }
        let rest = window.start + kind.window - now
        guard window.count < kind.limit else {
            overshoots += 1
            return RateReport(
                status: 429, bucket: kind.bucket, limit: kind.limit, remaining: 0, resetAfter: rest, retryAfter: rest,
                scope: .user, judgedAt: now + .seconds(90))
        }
        window.count += 1
        windows[key] = window
        served += 1
        return RateReport(
            status: 200, bucket: kind.bucket, limit: kind.limit, remaining: kind.limit - window.count,
            resetAfter: rest, judgedAt: now + .seconds(90))
    }
}
