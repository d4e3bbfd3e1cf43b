public import Contracts

/// The limits of callers. A key's own limit, when its record has one, takes the place of `key`.
public struct RateLimitPolicy: Hashable, Sendable {
    /// What a key may do when its record names no limit.
    public var key: RateLimit
    /// All keys of one tenant together, as a multiple of the key's limit.
    public var tenant: Double
    /// The share of the key's limit that each class of tools may use. Destructive calls have half by default, so that
    /// an agent that goes wrong is stopped earlier there than where it only reads.
    public var classes: [ToolAccess.Effect: Double]

    public init(
        key: RateLimit = .standard,
        tenant: Double = 10,
        classes: [ToolAccess.Effect: Double] = [.read: 1, .write: 1, .destructive: 0.5]
    ) {
        self.key = key
        self.tenant = tenant
        self.classes = classes
    }
}
