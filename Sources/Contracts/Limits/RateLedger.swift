public enum RateDecision: Hashable, Sendable {
    /// Send now, then report with this lease. Renew it each `RateLease.renewal` until the answer is there.
    case proceed(lease: UInt64)
    /// Ask again after that time.
    case wait(Duration)
    /// Too many requests were refused: nothing may be sent for that time. See `InvalidRequestLimit`.
    case refuse(Duration)
}

/// Discord's rate limits of one bot token, whoever spends them: every process asks before it sends.
public protocol RateLedger: Sendable {
    /// Reserves one request of the route's bucket and of the global limit, both or none.
    func reserve(_ turn: RateTurn) async -> RateDecision

    /// The call with this lease is still on its way.
    func renew(_ route: RateRoute, lease: UInt64) async

    /// Gives the lease back with what the answer said; `nil` when no answer came.
    func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) async
}
