import Contracts

/// Source: <https://discord.com/developers/docs/resources/application>
enum ApplicationRoutes {
    private static let edits = RateRule.shared("application.edit", 5, seconds: 5)

    static let all: [Route] = [
        .get("/applications/@me", .lookups, get),
        .patch("/applications/@me", edits, change),
        .get("/applications/{application_id}", .lookups, getByID),
        .get("/oauth2/applications/@me", .lookups, get),
    ]

    /// The toggles of privileged intents, in their form for bots in few guilds.
    /// Source: <https://discord.com/developers/docs/resources/application#application-object-application-flags>
    static func flags(of user: Snowflake, _ world: World) -> Int {
        [(Intents.presences, 13), (.members, 15), (.messageContent, 19)]
            .reduce(0) { world.hasIntent($1.0, user) ? $0 | 1 << $1.1 : $0 }
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        guard world.users[user]?.isBot == true else { throw .missingAccess }
        return .ok(wire(user, world))
    }

    static func getByID(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        guard try call.id("application_id") == (try call.user) else { throw .missingAccess }
        return try get(&world, call)
    }

    static func wire(_ user: Snowflake, _ world: World) -> JSONObject {
        let owner = world.guilds.values.map(\.ownerID).min() ?? user
        let flags = flags(of: user, world)
        return [
            "id": .id(user), "name": .text(world.users[user]?.username), "icon": nil,
            "description": .string(world.applicationDescription),
            "type": nil, "bot": .object(world.wireUser(user)), "bot_public": true, "bot_require_code_grant": false,
            "verify_key": .string(World.signature("verify", user.description)), "flags": .int(flags),
            "flags_new": .string(String(flags)), "redirect_uris": [], "interactions_endpoint_url": nil,
            "role_connections_verification_url": nil, "owner": .object(world.wireUser(owner)),
            "approximate_guild_count": .int(world.guilds.values.count { $0.members[user] != nil }),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "team": nil, "eligible_oauth2_scopes": ["bot", "identify", "guilds"],
            "rpc_origins": [],
        ]
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        if let text = try call.object.text("description", length: 0...400) { world.applicationDescription = text }
        world.record("application.update", by: try call.user, target: try call.user)
        return try get(&world, call)
    }
}
