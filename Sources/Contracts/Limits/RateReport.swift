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
    /// When Discord judged the request, by its own clock, since 1970: `X-RateLimit-Reset` less
    /// `X-RateLimit-Reset-After`, when both have milliseconds.
    public var judgedAt: Duration?

    public init(
        status: Int,
        bucket: String? = nil,
        limit: Int? = nil,
        remaining: Int? = nil,
        resetAfter: Duration? = nil,
        retryAfter: Duration? = nil,
        scope: Scope? = nil,
        judgedAt: Duration? = nil
    ) {
        self.status = status
        self.bucket = bucket
        self.limit = limit
        self.remaining = remaining
        self.resetAfter = resetAfter
        self.retryAfter = retryAfter
        self.scope = scope
        self.judgedAt = judgedAt
    }
}
