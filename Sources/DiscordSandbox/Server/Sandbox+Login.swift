import Contracts
import NIOHTTP1

/// The consent page of "Log in with Discord" without a page: who is to log in stands in the query, and consents at once.
/// Source: <https://discord.com/developers/docs/topics/oauth2#authorization-code-grant>
extension Sandbox {
    func authorize(_ request: HTTPRequest) -> HTTPAnswer {
        func value(_ name: String) -> String? { request.query.last { $0.name == name }?.value }
        guard value("client_id") == seeded.botID.description else {
            return .failure(.form("client_id", "UNKNOWN_APPLICATION", "Unknown Application"))
        }
        guard value("response_type") == "code" else {
            return .failure(.form("response_type", "BASE_TYPE_CHOICES", "Value must be one of ('code',)."))
        }
        guard let redirect = value("redirect_uri"), redirect.hasPrefix("http://") || redirect.hasPrefix("https://")
        else {
            return .failure(.form("redirect_uri", "URL_TYPE_INVALID_URL", "Not a well formed URL."))
        }
        let scopes = (value("scope") ?? "").split(separator: " ").map(String.init)
        guard !scopes.isEmpty else { return .failure(.required("scope")) }
        let state = value("state").map { "&state=\(PercentCoding.encode($0))" } ?? ""
        let separator = redirect.contains("?") ? "&" : "?"
        if value("deny") != nil {
            return Self.redirect("\(redirect)\(separator)error=access_denied\(state)")
        }
        // `user` is the sandbox's own: a user name of the guild, the owner when it is left out.
        let name = value("user") ?? People.owner
        guard let user = seeded.userIDs.first(where: { $0.name == name })?.id else {
            return .failure(.form("user", "UNKNOWN_USER", "Name one of the people of the ready file"))
        }
        let code = randomLetters(30)
        world.logins.consent(
            code,
            .init(
                userID: user, scopes: scopes, redirect: redirect, challenge: value("code_challenge"),
                madeAt: world.now))
        return Self.redirect("\(redirect)\(separator)code=\(code)\(state)")
    }

    private static func redirect(_ address: String) -> HTTPAnswer {
        var answer = HTTPAnswer(status: 302)
        answer.headers.add(name: "Location", value: address)
        return answer
    }
}
