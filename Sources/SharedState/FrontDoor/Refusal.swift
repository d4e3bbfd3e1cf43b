public import Contracts

/// Why the front door does not let a request in.
public enum Refusal: Error, Hashable, Sendable {
    /// 401. What exactly was wrong with a credential is not told: an unknown key looks like a wrong secret.
    case unauthenticated(UnauthenticatedReason)
    /// 429.
    case rateLimited(RateLimitRefusal)
    /// 503: Redis is away, and this request may not go on without it.
    case unavailable
}

/// What a 401 may say.
public enum UnauthenticatedReason: String, Hashable, Sendable {
    /// No credential was sent.
    case missing
    /// Neither a key nor a token, or a damaged one.
    case malformed
    /// An unknown key, a wrong secret, or a token that we did not sign.
    case invalid
    case tokenExpired
    // Only who knows the secret is told these.
    case keyRevoked
    case keyDisabled
    case keyExpired
}

/// Which limit was reached, and what the headers of the refusal say.
public struct RateLimitRefusal: Hashable, Sendable {
    /// `key`, `tenant`, `read`, `write` or `destructive`; of several, the one that takes longest.
    public let policy: String
    public let retryAfter: Duration
    /// All limits, for ``RateLimitHeaders``; nothing was spent of any.
    public let limits: [RateLimitState]

    public init(policy: String, retryAfter: Duration, limits: [RateLimitState]) {
        self.policy = policy
        self.retryAfter = retryAfter
        self.limits = limits
    }
}

extension Refusal {
    /// The refusal for logs and tool results.
    public var wireError: WireError {
        switch self {
        case .unauthenticated(let reason):
            WireError(.unauthenticated, reason.message, hint: "Send a valid key as `Authorization: Bearer …`.")
        case .rateLimited(let refusal):
            WireError(
                .rateLimited, "The limit of this \(refusal.policyNoun) is reached.",
                hint: "Wait for the time in Retry-After.",
                retryAfterSeconds: refusal.retryAfter / .seconds(1), details: ["policy": refusal.policy])
        case .unavailable:
            WireError(
                .unavailable, "Keys and limits cannot be checked right now.", hint: "Try again in a few seconds.",
                retryAfterSeconds: 2)
        }
    }
}

extension UnauthenticatedReason {
    /// One sentence for the caller.
    public var message: String {
        switch self {
        case .missing: "This server needs a key."
        case .malformed: "The credential is neither a key nor a token of this server; it may be cut off."
        case .invalid: "The credential is not valid."
        case .tokenExpired: "The token has expired. Get a new one from /auth/token."
        case .keyRevoked: "This key is revoked."
        case .keyDisabled: "This key is switched off."
        case .keyExpired: "This key has expired."
        }
    }
}

extension RateLimitRefusal {
    fileprivate var policyNoun: String {
        ToolAccess.Effect(rawValue: policy) == nil ? policy : "key for \(policy) tools"
    }
}
