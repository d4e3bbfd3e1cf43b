import Contracts
import Crypto
import Foundation

/// Who logged in by OAuth2, and may do what.
struct Logins: Sendable {
    /// Source: <https://discord.com/developers/docs/topics/oauth2#authorization-code-grant-access-token-response>
    static let tokenLife: Double = 604_800
    private static let codeLife: Double = 60

    let clientID: Snowflake
    let clientSecret: String
    private var codes: [String: Code] = [:]
    private var grants: [String: Grant] = [:]

    struct Code: Sendable {
        let userID: Snowflake
        let scopes: [String]
        let redirect: String
        /// PKCE, S256.
        let challenge: String?
        let madeAt: Timestamp
    }

    struct Grant: Sendable {
        let accessToken: String
        let refreshToken: String
        let userID: Snowflake
        let scopes: [String]
        let expiresAt: Timestamp

        func json(now: Timestamp) -> JSONObject {
            [
                "token_type": "Bearer", "access_token": .string(accessToken), "expires_in": .int(Int(expiresAt - now)),
                "refresh_token": .string(refreshToken), "scope": .string(scopes.joined(separator: " ")),
            ]
        }
    }

    init(clientID: Snowflake = .none, clientSecret: String = "") {
        self.clientID = clientID
        self.clientSecret = clientSecret
    }

    /// Client id and secret, by HTTP Basic or in the form.
    func accepts(_ basic: (name: String, password: String)?, _ form: [String: String]) -> Bool {
        let (id, secret) =
            basic.map { ($0.name, $0.password) } ?? (form["client_id"] ?? "", form["client_secret"] ?? "")
        return id == clientID.description && secret == clientSecret
    }

    /// The login that this access token belongs to; nil when it is over.
    func grant(of accessToken: String?, now: Timestamp) -> Grant? {
        accessToken.flatMap { grants[$0] }.flatMap { $0.expiresAt > now ? $0 : nil }
    }

    mutating func consent(_ code: String, _ given: Code) { codes[code] = given }

    /// A code works once, for a minute, and with the redirect it was made for.
    mutating func redeem(
        code: String, redirect: String, verifier: String?, token: String, now: Timestamp
    ) -> Grant? {
        guard let given = codes.removeValue(forKey: code), given.redirect == redirect,
            now - given.madeAt < Self.codeLife
        else { return nil }
        if let challenge = given.challenge {
            let digest = Data(SHA256.hash(data: Data((verifier ?? "").utf8))).base64EncodedString()
            guard digest.replacing("+", with: "-").replacing("/", with: "_").filter({ $0 != "=" }) == challenge else {
                return nil
            }
        }
        return issue(given.userID, given.scopes, token, now)
    }

    mutating func refresh(_ refreshToken: String, token: String, now: Timestamp) -> (old: String, new: Grant)? {
        guard let old = grants.values.first(where: { $0.refreshToken == refreshToken }) else { return nil }
        grants[old.accessToken] = nil
        return (old.accessToken, issue(old.userID, old.scopes, token, now))
    }

    private mutating func issue(_ user: Snowflake, _ scopes: [String], _ token: String, _ now: Timestamp) -> Grant {
        let grant = Grant(
            accessToken: String(token.prefix(30)), refreshToken: String(token.suffix(30)), userID: user,
            scopes: scopes, expiresAt: now + Self.tokenLife)
        grants[grant.accessToken] = grant
        return grant
    }

    /// Either token of a grant ends it; the access token that it had.
    mutating func revoke(_ token: String) -> String? {
        guard let grant = grants.values.first(where: { $0.accessToken == token || $0.refreshToken == token }) else {
            return nil
        }
        grants[grant.accessToken] = nil
        return grant.accessToken
    }
}
