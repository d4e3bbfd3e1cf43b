/// One limit after a request: what the `RateLimit` headers tell.
public struct RateLimitState: Hashable, Sendable {
    /// `key`, `tenant`, or the class of the tool: `read`, `write`, `destructive`.
    public let policy: String
    public let limit: RateLimit
    /// Requests that would be let through at once.
    public let remaining: Int
    /// Until the whole quota is there again.
    public let reset: Duration

    public init(policy: String, limit: RateLimit, remaining: Int, reset: Duration) {
        self.policy = policy
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }
}
