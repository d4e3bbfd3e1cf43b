public import Contracts
import JWTKit

/// What a token of ours says, after every check.
public struct TokenClaims: Hashable, Sendable {
    public let keyID: String
    public let tenant: String
    public let level: AccessLevel
    /// How often the key had been rotated before its secret that the token was got with.
    public let generation: Int64
    /// The token's own id (`jti`).
    public let id: String
    /// Unix seconds.
    public let issuedAt: Int64
    /// Unix seconds.
    public let expiresAt: Int64
}

/// A token just signed.
public struct IssuedToken: Hashable, Sendable {
    public let text: String
    public let claims: TokenClaims

    /// For `expires_in`: seconds.
    public var lifetime: Int64 { claims.expiresAt - claims.issuedAt }
}

/// Why a token is not accepted.
public enum TokenError: Error, Hashable, Sendable {
    /// Not a token of this form.
    case malformed
    /// Signature, algorithm, issuer, audience or times are not ours.
    case invalid
    case expired
    /// The token could not be signed.
    case signing

    var reason: UnauthenticatedReason {
        switch self {
        case .malformed: .malformed
        case .invalid, .signing: .invalid
        case .expired: .tokenExpired
        }
    }
}

/// The claims on the wire (RFC 7519).
struct TokenPayload: JWTPayload {
    let iss: String
    let aud: String
    let sub: String
    let tenant: String
    let level: String
    let gen: Int64
    let iat: Int64
    let nbf: Int64
    let exp: Int64
    let jti: String

    /// Everything is checked by ``TokenIssuer``, which knows issuer, audience and the time.
    func verify(using algorithm: some JWTAlgorithm) {}
}
