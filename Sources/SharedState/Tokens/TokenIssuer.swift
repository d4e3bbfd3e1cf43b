public import Contracts
import FoundationEssentials
import JWTKit

/// Signs and checks the short-lived tokens that stand for an API key: JWT, HS256 only.
///
/// A token is not believed for what it says about access: each request reads the key's record again, so a revoked key's
/// tokens end with it.
public struct TokenIssuer: Sendable {
    /// Longest life of a token.
    public static let maximumLifetime = Duration.seconds(15 * 60)
    /// How far ahead another host's clock may be.
    private static let clockSkew: Int64 = 5

    private let keys = JWTKeyCollection(defaultJWTParser: HS256Parser())
    private let issuer: String
    private let audience: String
    private let lifetime: Int64
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - issuer: compared byte by byte.
    ///   - audience: the URL of the MCP endpoint, compared byte by byte (RFC 8707).
    ///   - lifetime: at most ``maximumLifetime``; longer is cut.
    ///   - now: Unix milliseconds.
    public init(
        secret: JWTSecret,
        issuer: String,
        audience: String,
        lifetime: Duration = maximumLifetime,
        now: @escaping @Sendable () -> Int64 = { WallClock.unixMilliseconds }
    ) async {
        self.issuer = issuer
        self.audience = audience
        self.lifetime = max(1, min(lifetime, Self.maximumLifetime).components.seconds)
        self.now = now
        await keys.add(hmac: HMACKey(key: secret.key), digestAlgorithm: .sha256, parser: HS256Parser())
    }

    /// Signs a token for the key of the grant.
    /// - Parameter generation: how often the key had been rotated before its secret that asks for the token.
    public func issue(
        for grant: AccessGrant, generation: Int64, using random: inout some RandomNumberGenerator
    ) async throws(TokenError) -> IssuedToken {
        let milliseconds = now()
        let issuedAt = milliseconds / 1000
        // A token must not outlive its key.
        let expiresAt = min(issuedAt + lifetime, grant.expiresAt.map { $0 / 1000 } ?? .max)
        let id = MessageID.make(unixMilliseconds: milliseconds, using: &random).description
        let payload = TokenPayload(
            iss: issuer, aud: audience, sub: grant.keyID, tenant: grant.tenant, level: grant.level.name,
            gen: generation, iat: issuedAt, nbf: issuedAt, exp: expiresAt, jti: id)
        guard let text = try? await keys.sign(payload) else { throw .signing }
        return IssuedToken(
            text: text,
            claims: TokenClaims(
                keyID: grant.keyID, tenant: grant.tenant, level: grant.level, generation: generation, id: id,
                issuedAt: issuedAt, expiresAt: expiresAt))
    }

    /// What a token says, if it is one of ours and of now.
    public func verify(_ text: String) async throws(TokenError) -> TokenClaims {
        // Longer than anything we sign: not worth a signature check.
        guard text.utf8.count <= 4096, text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else {
            throw .malformed
        }
        guard let payload = try? await keys.verify(text, as: TokenPayload.self) else { throw .invalid }
        let seconds = now() / 1000
        guard payload.iss == issuer, payload.aud == audience, APIKey.isID(payload.sub),
            let level = AccessLevel(name: payload.level),
            payload.iat <= seconds + Self.clockSkew, payload.nbf <= seconds + Self.clockSkew,
            payload.exp - payload.iat <= Self.maximumLifetime.components.seconds
        else { throw .invalid }
        guard seconds < payload.exp else { throw .expired }
        return TokenClaims(
            keyID: payload.sub, tenant: payload.tenant, level: level, generation: payload.gen, id: payload.jti,
            issuedAt: payload.iat, expiresAt: payload.exp)
    }
}

/// Refuses every header but ours. The library picks the algorithm by the key, so `alg` could not change the check; a
/// token that names another one is still not ours.
private struct HS256Parser: JWTParser {
    var jsonDecoder: any JWTJSONDecoder = .defaultForJWT

    func parse<Payload: JWTPayload>(
        _ token: some DataProtocol, as type: Payload.Type
    ) throws -> (header: JWTHeader, payload: Payload, signature: Data) {
        let parts = try DefaultJWTParser(jsonDecoder: jsonDecoder).parse(token, as: type)
        guard parts.header.alg == "HS256", parts.header.crit == nil else { throw TokenError.invalid }
        return parts
    }
}
