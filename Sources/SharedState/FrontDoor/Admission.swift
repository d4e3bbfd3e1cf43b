public import Contracts

/// A request that was let in.
public struct Admission: Hashable, Sendable {
    public let grant: AccessGrant
    /// After this request: for ``RateLimitHeaders``. Empty while Redis is away.
    public let limits: [RateLimitState]
    /// Redis is away: let in on what was known within the last minute.
    public let isDegraded: Bool

    public init(grant: AccessGrant, limits: [RateLimitState], isDegraded: Bool = false) {
        self.grant = grant
        self.limits = limits
        self.isDegraded = isDegraded
    }
}
