import Contracts

/// "Log in with Discord". Source: <https://discord.com/developers/docs/topics/oauth2>
enum OAuthRoutes {
    static let all: [Route] = [
        Route.get("/oauth2/@me", .lookups, me).open(to: "identify"),
        Route.get("/oauth2/userinfo", .lookups, userInfo).open(to: "openid"),
        Route.post("/oauth2/token", .shared("oauth.token", 10, seconds: 10), token).withoutToken,
        Route.post("/oauth2/token/revoke", .shared("oauth.token", 10, seconds: 10), revoke).withoutToken,
    ]

    static func me(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let application = ApplicationRoutes.wire(world.logins.clientID, world)
        var shown: JSONObject = [:]
        for name in [
            "id", "name", "icon", "description", "type", "bot_public", "bot_require_code_grant", "verify_key", "flags",
            "flags_new",
        ] { shown[name] = application[name] ?? .null }
        let grant = world.logins.grant(of: call.token, now: world.now)
        var object: JSONObject = [
            "application": .object(shown), "scopes": .array((grant?.scopes ?? []).map { .string($0) }),
            "expires": .time(grant?.expiresAt ?? world.now),
        ]
        if grant?.scopes.contains("identify") == true { object["user"] = .object(world.wireUser(try call.user)) }
        return .ok(object)
    }

    static func userInfo(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        return .ok([
            "sub": .id(user), "preferred_username": .text(world.users[user]?.username),
            "nickname": .text(world.users[user]?.globalName), "locale": "en-US",
        ])
    }

    /// Errors here have the shape of RFC 6749 instead of Discord's.
    static func token(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let form = call.form
        guard world.logins.accepts(call.basic, form) else { return refusal(401, "invalid_client") }
        switch form["grant_type"] {
        case "authorization_code":
            guard
                let grant = world.logins.redeem(
                    code: form["code"] ?? "", redirect: form["redirect_uri"] ?? "", verifier: form["code_verifier"],
                    token: call.randomToken, now: world.now)
            else { return refusal(400, "invalid_grant") }
            world.admit(grant)
            return .ok(grant.json(now: world.now))
        case "refresh_token":
            guard
                let (old, grant) = world.logins.refresh(
                    form["refresh_token"] ?? "", token: call.randomToken, now: world.now)
            else { return refusal(400, "invalid_grant") }
            world.accounts[old] = nil
            world.admit(grant)
            return .ok(grant.json(now: world.now))
        default: return refusal(400, "unsupported_grant_type")
        }
    }

    private static func refusal(_ status: Int, _ error: String) -> APIReply {
        APIReply(status: status, body: ["error": .string(error), "error_description": "The request was refused."])
    }

    static func revoke(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        guard world.logins.accepts(call.basic, call.form) else { return refusal(401, "invalid_client") }
        if let token = world.logins.revoke(call.form["token"] ?? "") { world.accounts[token] = nil }
        return .ok([:] as JSONObject)
    }
}

extension World {
    mutating func admit(_ grant: Logins.Grant) {
        accounts[grant.accessToken] = Account(
            userID: grant.userID, privilegedIntents: [], scopes: Set(grant.scopes))
    }
}
