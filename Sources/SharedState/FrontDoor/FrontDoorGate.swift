public import Contracts
import Crypto
public import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Decides in one Redis call whether a request comes in: credential, revocation, expiry, and the limits of key, tenant
/// and class of tool.
///
/// While Redis is away nobody new gets in and nothing may be changed; whoever was let in within the last minute may go
/// on reading, limited in this process.
public final class FrontDoorGate: Sendable {
    private let redis: RedisClient
    private let tokens: TokenIssuer
    private let policy: RateLimitPolicy
    private let outageLimit: RateLimit
    private let logger: Logger
    private let cache = NIOLockedValueBox(PrincipalCache(capacity: 10_000))
    private let uptime: @Sendable () -> Duration
    private let wallClock: @Sendable () -> Int64

    /// - Parameter outageShare: the part of the standard limit that each caller has in this process while Redis is
    ///   away; with N front doors 1/N keeps the whole at the limit.
    public convenience init(
        redis: RedisClient,
        tokens: TokenIssuer,
        policy: RateLimitPolicy = RateLimitPolicy(),
        outageShare: Double,
        logger: Logger
    ) {
        self.init(
            redis: redis, tokens: tokens, policy: policy, outageShare: outageShare, logger: logger,
            uptime: { .nanoseconds(Int64(NIODeadline.now().uptimeNanoseconds)) },
            wallClock: { WallClock.unixMilliseconds })
    }

    init(
        redis: RedisClient,
        tokens: TokenIssuer,
        policy: RateLimitPolicy,
        outageShare: Double,
        logger: Logger,
        uptime: @escaping @Sendable () -> Duration,
        wallClock: @escaping @Sendable () -> Int64
    ) {
        self.redis = redis
        self.tokens = tokens
        self.policy = policy
        self.outageLimit = policy.key.scaled(by: outageShare)
        self.logger = logger
        self.uptime = uptime
        self.wallClock = wallClock
    }

    /// Lets one call in and spends one request of each limit, or spends nothing and refuses.
    /// - Parameters:
    ///   - bearer: the text after `Bearer `: an API key or a token of ``TokenIssuer``.
    ///   - effect: the class of the tool; what is not a tool call reads.
    public func admit(bearer: String, effect: ToolAccess.Effect) async throws(Refusal) -> Admission {
        let credential = try await identify(bearer)
        return try await decide(bearer, credential, effect: effect)
    }

    /// Whether a request of the bearer is worth reading, without spending anything. Whoever was let in within the last
    /// minute is not looked up again: the request itself will be.
    public func screen(bearer: String) async throws(Refusal) {
        let credential = try await identify(bearer)
        let digest = Self.digest(bearer)
        let now = uptime()
        guard cache.withLockedValue({ $0.grant(digest, now: now) }) == nil else { return }
        _ = try await decide(bearer, credential, effect: nil)
    }

    /// Who the bearer is, without spending anything: for open streams and the end of a session.
    public func authenticate(bearer: String) async throws(Refusal) -> AccessGrant {
        let credential = try await identify(bearer)
        return try await decide(bearer, credential, effect: nil).grant
    }

    /// Exchanges an API key for a short-lived token; spends one request of the read class. A token is not exchanged, or
    /// it would live for ever; and without Redis nobody can tell whether the key's secret is still the one.
    public func exchange(
        key text: String, using random: inout some RandomNumberGenerator
    ) async throws(Refusal) -> IssuedToken {
        guard let key = APIKey(text) else { throw .unauthenticated(.malformed) }
        let admission = try await decide(text, Credential(key), effect: .read)
        guard !admission.isDegraded else { throw .unavailable }
        do {
            return try await tokens.issue(for: admission.grant, generation: admission.generation, using: &random)
        } catch {
            logger.error("Cannot sign a token", metadata: [LogKey.error: "\(error)"])
            throw .unavailable
        }
    }

    private func identify(_ bearer: String) async throws(Refusal) -> Credential {
        if bearer.isEmpty { throw .unauthenticated(.missing) }
        if bearer.hasPrefix(APIKey.prefix) {
            guard let key = APIKey(bearer) else { throw .unauthenticated(.malformed) }
            return Credential(key)
        }
        do {
            return Credential(try await tokens.verify(bearer))
        } catch {
            throw .unauthenticated(error.reason)
        }
    }

    private func decide(
        _ bearer: String, _ credential: Credential, effect: ToolAccess.Effect?
    ) async throws(Refusal) -> Admission {
        let digest = Self.digest(bearer)
        let verdict: GateVerdict
        do {
            let call = GateScript.call(credential, effect: effect, policy: policy)
            let answer = try await redis.evaluate(GateScript.script, keys: call.keys, arguments: call.arguments)
            verdict = try GateVerdict(answer, keyID: credential.keyID, effect: effect)
        } catch {
            return try withoutRedis(digest, effect: effect, error)
        }
        switch verdict {
        case .admitted(let grant, let generation, let limits):
            let grant = credential.bounding(grant)
            cache.withLockedValue { $0.store(digest, grant, now: uptime()) }
            return Admission(grant: grant, limits: limits, generation: generation)
        case .limited(let refusal): throw .rateLimited(refusal)
        case .unknown: throw refuse(digest, .invalid)
        case .revoked: throw refuse(digest, .keyRevoked)
        case .disabled: throw refuse(digest, .keyDisabled)
        case .expired: throw refuse(digest, .keyExpired)
        }
    }

    private static func digest(_ bearer: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(bearer.utf8)))
    }

    private func refuse(_ digest: [UInt8], _ reason: UnauthenticatedReason) -> Refusal {
        cache.withLockedValue { $0.remove(digest) }
        return .unauthenticated(reason)
    }

    /// Signature and expiry of a token were checked before; an expiry of the key is checked here.
    private func withoutRedis(
        _ digest: [UInt8], effect: ToolAccess.Effect?, _ error: RedisError
    ) throws(Refusal) -> Admission {
        logger.debug("Request decided without Redis", metadata: [LogKey.reason: "\(error)"])
        guard effect == nil || effect == .read else { throw .unavailable }
        let now = uptime()
        let known = cache.withLockedValue { $0.grant(digest, now: now) }
        guard let grant = known else { throw .unavailable }
        if let expiresAt = grant.expiresAt, wallClock() >= expiresAt { throw .unauthenticated(.keyExpired) }
        if effect != nil, let wait = cache.withLockedValue({ $0.spend(grant.keyID, outageLimit, now: now) }) {
            throw .rateLimited(RateLimitRefusal(policy: "key", retryAfter: wait, limits: []))
        }
        return Admission(grant: grant, limits: [], isDegraded: true)
    }
}
