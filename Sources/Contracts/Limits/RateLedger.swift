/// One Discord route with its major parameter: what a rate-limit bucket is learnt for.
/// Source: <https://discord.com/developers/docs/topics/rate-limits>
public struct RateRoute: Hashable, Sendable {
    /// Method and path template, for instance `POST /channels/{channel_id}/messages`.
    public let template: String
    /// The channel, guild or webhook id of the path; empty when it has none.
    public let majorParameter: String
    /// Interaction call-backs are outside the global limit.
    public let countsGlobally: Bool

    public init(template: String, majorParameter: String, countsGlobally: Bool = true) {
        self.template = template
        self.majorParameter = majorParameter
        self.countsGlobally = countsGlobally
    }
}

public enum RateDecision: Hashable, Sendable {
    /// Send now, then report with this lease. A lease that is never reported ends by itself.
    case proceed(lease: UInt64)
    /// Ask again after that time.
    case wait(Duration)
}

/// What Discord's answer said about the limits.
public struct RateReport: Hashable, Sendable {
    public enum Scope: String, Sendable {
        case user
        case global
        /// The resource is busy, not we: does not count against us.
        case shared
    }

    public var status: Int
    public var bucket: String?
    public var limit: Int?
    public var remaining: Int?
    public var resetAfter: Duration?
    /// Of a 429.
    public var retryAfter: Duration?
    public var scope: Scope?

    public init(
        status: Int,
        bucket: String? = nil,
        limit: Int? = nil,
        remaining: Int? = nil,
        resetAfter: Duration? = nil,
        retryAfter: Duration? = nil,
        scope: Scope? = nil
    ) {
        self.status = status
        self.bucket = bucket
        self.limit = limit
        self.remaining = remaining
        self.resetAfter = resetAfter
        self.retryAfter = retryAfter
        self.scope = scope
    }
}

/// Discord's rate limits of one bot token, whoever spends them: every process asks before it sends.
public protocol RateLedger: Sendable {
    /// Reserves one request of the route's bucket and of the global limit, both or none.
    func reserve(_ route: RateRoute) async -> RateDecision

    /// Gives the lease back with what the answer said; `nil` when no answer came.
    func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) async
}
