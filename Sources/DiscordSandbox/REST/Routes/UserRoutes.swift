import Contracts

enum UserRoutes {
    static let all: [Route] = [
        Route.get("/gateway", .lookups, gateway).withoutToken,
        .get("/gateway/bot", .shared("gateway.bot", 5, seconds: 1), gatewayBot),
        .get("/users/@me", .lookups, me),
        .get("/users/@me/guilds", .lookups, myGuilds),
        .get("/users/{user_id}", .lookups, user),
        .get("/applications/@me", .lookups, application),
        .get("/oauth2/applications/@me", .lookups, application),
    ]

    /// Applications of the sandbox have switched on presences, members and message content (in their form for small bots).
    static let applicationFlags = 1 << 13 | 1 << 15 | 1 << 19

    static func gateway(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(["url": .string(call.site.gatewayURL)])
    }

    /// Source: <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
    static func gatewayBot(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok([
            "url": .string(call.site.gatewayURL), "shards": 1,
            "session_start_limit": [
                "total": .int(GatewayHub.identifiesPerDay), "remaining": .int(call.site.identifiesLeft),
                "reset_after": 86_400_000, "max_concurrency": 1,
            ],
        ])
    }

    static func me(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let own: JSONObject = ["mfa_enabled": true, "locale": "en-US", "verified": true, "email": nil]
        return .ok(world.wireUser(try call.user).merging(own))
    }

    static func user(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let id = try call.id("user_id")
        guard world.users[id] != nil else { throw .unknownUser }
        return .ok(world.wireUser(id))
    }

    static func myGuilds(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let limit = try call.int("limit", in: 1...200, default: 200)
        let after = try call.snowflake("after") ?? Snowflake(0)
        let mine = world.guilds.values.filter { $0.members[user] != nil && $0.id > after }.sorted { $0.id < $1.id }
        return .ok(
            mine.prefix(limit).map { guild in
                [
                    "id": .id(guild.id), "name": .string(guild.name), "icon": nil, "banner": nil,
                    "owner": .bool(guild.ownerID == user),
                    "permissions": world.guildPermissions(of: user, in: guild).json, "features": [],
                ]
            })
    }

    static func application(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let owner = world.guilds.values.map(\.ownerID).min() ?? user
        return .ok([
            "id": .id(user), "name": .text(world.users[user]?.username), "icon": nil,
            "description": "A sandbox application",
            "type": nil, "bot": .object(world.wireUser(user)), "bot_public": true, "bot_require_code_grant": false,
            "verify_key": .string(String(repeating: "0", count: 64)), "flags": .int(applicationFlags),
            "flags_new": .string(String(applicationFlags)), "redirect_uris": [], "interactions_endpoint_url": nil,
            "role_connections_verification_url": nil, "owner": .object(world.wireUser(owner)),
            "approximate_guild_count": .int(world.guilds.count), "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": nil,
            "eligible_oauth2_scopes": ["bot", "identify"], "rpc_origins": [],
        ])
    }
}
