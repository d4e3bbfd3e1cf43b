import Contracts
import Crypto
import Foundation
import NIOHTTP1
import Testing

@testable import DiscordSandbox

@Suite struct OAuthTests {
    private static let redirect = "http://127.0.0.1:9/back"

    /// Consents as that person and gives the code.
    private static func code(
        _ call: SandboxCaller, as user: String = "ada", scope: String = "identify", extra: String = ""
    ) async throws -> String {
        let query = "response_type=code&redirect_uri=\(PercentCoding.encode(redirect))&state=s%201"
        let answer = await call(
            .GET,
            "/oauth2/authorize?client_id=\(call.seeded.botID)&\(query)&scope=\(PercentCoding.encode(scope))&user=\(user)\(extra)"
        )
        #expect(answer.status == 302)
        let location = try #require(answer.header("Location"))
        #expect(location.hasPrefix("\(redirect)?code=") && location.hasSuffix("&state=s%201"))
        return String(location.dropFirst("\(redirect)?code=".count).prefix { $0 != "&" })
    }

    private static func token(
        _ call: SandboxCaller, _ form: [String: String], secret: String? = nil
    ) async -> HTTPAnswer {
        let base = [
            "client_id": call.seeded.botID.description,
            "client_secret": secret ?? call.seeded.clientSecret, "redirect_uri": redirect,
        ]
        return await call.submit("/api/oauth2/token", base.merging(form) { $1 })
    }

    private static func logIn(_ call: SandboxCaller, scope: String = "identify") async throws -> JSONValue {
        let code = try await code(call, scope: scope)
        return await token(call, ["grant_type": "authorization_code", "code": code]).json
    }

    private static func status(_ call: SandboxCaller, _ grant: JSONValue, _ path: String) async -> Int {
        await call(.GET, "/api/v10\(path)", token: "Bearer \(grant["access_token"]?.string ?? "")").status
    }

    @Test func aCodeBecomesATokenOnce() async throws {
        let call = SandboxCaller()
        let code = try await Self.code(call, scope: "identify guilds")
        let form = ["grant_type": "authorization_code", "code": code]
        let answer = await Self.token(call, form)
        #expect(answer.status == 200 && answer.json["token_type"] == "Bearer")
        #expect(answer.json["scope"] == "identify guilds" && answer.json["expires_in"]?.int == 604_800)
        let bearer = "Bearer \(try #require(answer.json["access_token"]?.string))"
        #expect(await call(.GET, "/api/v10/users/@me", token: bearer).json["username"] == "ada")
        let again = await Self.token(call, form)
        #expect(again.status == 400 && again.json["error"] == "invalid_grant")
    }

    @Test func aCodeIsBoundToItsTimeRedirectAndVerifier() async throws {
        let call = SandboxCaller()
        let late = try await Self.code(call)
        _ = await call(.POST, "/sandbox/clock", ["forward": 60])
        #expect(await Self.token(call, ["grant_type": "authorization_code", "code": late]).status == 400)
        let other = ["grant_type": "authorization_code", "code": try await Self.code(call), "redirect_uri": "http://x"]
        #expect(await Self.token(call, other).status == 400)

        let verifier = "a-verifier-of-at-least-forty-three-letters-long"
        let digest = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
        let challenge = digest.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        for (given, status) in [("wrong", 400), (verifier, 200)] {
            let code = try await Self.code(call, extra: "&code_challenge=\(challenge)&code_challenge_method=S256")
            let form = ["grant_type": "authorization_code", "code": code, "code_verifier": given]
            #expect(await Self.token(call, form).status == status)
        }
    }

    @Test func refusals() async throws {
        let call = SandboxCaller()
        let code = try await Self.code(call)
        let form = ["grant_type": "authorization_code", "code": code]
        let stranger = await Self.token(call, form, secret: "guessed")
        #expect(stranger.status == 401 && stranger.json["error"] == "invalid_client")
        #expect(await Self.token(call, ["grant_type": "password"]).json["error"] == "unsupported_grant_type")
        let base = "/oauth2/authorize?client_id=\(call.seeded.botID)&response_type=code&redirect_uri=http://x"
        #expect(await call(.GET, base).status == 400)
        #expect(await call(.GET, "\(base)&scope=identify&user=nobody").status == 400)
        #expect(await call(.GET, "/oauth2/authorize?client_id=1").status == 400)
        let denied = await call(.GET, "\(base)&scope=identify&deny=1&state=s")
        #expect(denied.header("Location") == "http://x?error=access_denied&state=s")
    }

    @Test func scopesOpenRoutes() async throws {
        let call = SandboxCaller()
        let grant = try await Self.logIn(call)
        #expect(await Self.status(call, grant, "/users/@me") == 200)
        #expect(await Self.status(call, grant, "/users/@me/guilds") == 401)
        #expect(await Self.status(call, grant, "/guilds/\(call.seeded.guildID)/channels") == 401)
        let wider = try await Self.logIn(call, scope: "identify guilds")
        #expect(await Self.status(call, wider, "/users/@me/guilds") == 200)
    }

    @Test func refreshAndRevocationEndTheOldToken() async throws {
        let call = SandboxCaller()
        let first = try await Self.logIn(call)
        let refresh = ["grant_type": "refresh_token", "refresh_token": try #require(first["refresh_token"]?.string)]
        let second = await Self.token(call, refresh).json
        #expect(await Self.status(call, first, "/users/@me") == 401)
        #expect(await Self.status(call, second, "/users/@me") == 200)
        #expect(await Self.token(call, refresh).status == 400)
        let form = [
            "client_id": call.seeded.botID.description, "client_secret": call.seeded.clientSecret,
            "token": try #require(second["refresh_token"]?.string),
        ]
        #expect(await call.submit("/api/oauth2/token/revoke", form).status == 200)
        #expect(await Self.status(call, second, "/users/@me") == 401)
    }

    @Test("Two logins of one person live and end on their own") func loginsAreSeparate() async throws {
        let call = SandboxCaller()
        let first = try await Self.logIn(call, scope: "identify")
        _ = await call(.POST, "/sandbox/clock", ["forward": 500_000])
        let second = try await Self.logIn(call, scope: "identify guilds")
        for (grant, scopes) in [(first, ["identify"]), (second, ["identify", "guilds"])] {
            let bearer = "Bearer \(try #require(grant["access_token"]?.string))"
            let shown = await call(.GET, "/api/v10/oauth2/@me", token: bearer).json
            #expect(shown["scopes"] == .array(scopes.map { .string($0) }))
            #expect(shown["user"]?["username"] == "ada")
        }
        _ = await call(.POST, "/sandbox/clock", ["forward": 200_000])
        #expect(await Self.status(call, first, "/users/@me") == 401)
        #expect(await Self.status(call, second, "/users/@me") == 200)
    }
}
