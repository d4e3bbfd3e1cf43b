public import Contracts
import NIOConcurrencyHelpers

/// The rate ledger of one process that spends a bot token alone, or that lost the shared one.
public struct LocalRateLedger: RateLedger {
    private let buckets: NIOLockedValueBox<RateBuckets>
    private let start: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    /// `share`: the part of each of Discord's limits that this process may spend, above 0 up to 1.
    public init(share: Double = 1) {
        self.init(share: share, now: { ContinuousClock.now })
    }

    init(share: Double, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        var limits = RateBuckets.Limits()
        limits.share = min(1, share)
        limits.globalCount = max(1, Int(Double(limits.globalCount) * min(1, share)))
        buckets = NIOLockedValueBox(RateBuckets(limits: limits))
        self.now = now
        start = now()
    }

    public func reserve(_ turn: RateTurn) async -> RateDecision {
        let time = now() - start
        return buckets.withLockedValue { $0.reserve(turn, at: time) }
    }

    public func renew(_ route: RateRoute, lease: UInt64) async {
        let time = now() - start
        buckets.withLockedValue { $0.renew(lease, at: time) }
    }

    public func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) async {
        let time = now() - start
        buckets.withLockedValue { $0.report(route, lease: lease, report, at: time) }
    }
}
