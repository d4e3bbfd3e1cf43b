public import Contracts

/// A request that was let in.
public struct Admission: Hashable, Sendable {
    public let grant: AccessGrant
    /// After this request: for ``RateLimitHeaders``. Empty while Redis is away.
    public let limits: [RateLimitState]
    /// Redis is away: let in on what was known within the last minute.
    public let isDegraded: Bool
    /// How often the key's secret had changed before the one that the caller has.
    let generation: Int64

    public init(grant: AccessGrant, limits: [RateLimitState], isDegraded: Bool = false) {
        self.init(grant: grant, limits: limits, isDegraded: isDegraded, generation: 0)
    }

    init(grant: AccessGrant, limits: [RateLimitState], isDegraded: Bool = false, generation: Int64) {
        self.generation = generation
        self.grant = grant
        self.limits = limits
        self.isDegraded = isDegraded
    }
}
