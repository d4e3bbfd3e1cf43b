import Contracts

enum UserRoutes {
    static let all: [Route] = [
        Route.get("/gateway", .lookups, gateway).withoutToken,
        .get("/gateway/bot", .shared("gateway.bot", 5, seconds: 1), gatewayBot),
        Route.get("/users/@me", .lookups, me).open(to: "identify"),
        .patch("/users/@me", .shared("user.edit", 2, seconds: 3600), change),
        Route.get("/users/@me/guilds", .lookups, myGuilds).open(to: "guilds"),
        Route.get("/users/@me/guilds/{guild_id}/member", .lookups, myMember).open(to: "guilds.members.read"),
        .delete("/users/@me/guilds/{guild_id}", .shared("guild.leave", 5, seconds: 5), leave),
        .post("/users/@me/channels", .shared("direct-message.open", 10, seconds: 10), openDirectMessages),
        .get("/users/{user_id}", .lookups, user),
    ]

    static func gateway(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(["url": .string(call.site.gatewayURL)])
    }

    /// Source: <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
    static func gatewayBot(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok([
            "url": .string(call.site.gatewayURL), "shards": .int(call.site.shards),
            "session_start_limit": [
                "total": .int(call.site.identifiesPerDay), "remaining": .int(call.site.identifiesLeft),
                "reset_after": .int(call.site.identifiesResetAfter),
                "max_concurrency": .int(call.site.maxConcurrency),
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
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after") ?? .none)
        let withCounts = try call.flag("with_counts") ?? false
        let mine = world.guilds.values.filter { guild in
            guild.members[user] != nil && guild.id > after && (before.map { guild.id < $0 } ?? true)
        }.sorted { $0.id < $1.id }
        return .ok(
            (before == nil ? mine.prefix(limit) : mine.suffix(limit)).map { guild in
                var object: JSONObject = [
                    "id": .id(guild.id), "name": .string(guild.name), "icon": nil, "banner": nil,
                    "owner": .bool(guild.ownerID == user),
                    "permissions": world.guildPermissions(of: user, in: guild).json,
                    "features": guild.settings["features"] ?? [],
                ]
                if withCounts {
                    object["approximate_member_count"] = .int(guild.members.count)
                    object["approximate_presence_count"] = .int(guild.members.count / 2)
                }
                return object
            })
    }

    static func myMember(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let member = guild.members[try call.user] else { throw .unknownMember }
        var object = world.wire(member)
        object["permissions"] = world.guildPermissions(of: try call.user, in: guild).json
        return .ok(object)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let user = try call.user
        if let name = try body.text("username", length: 2...32) { world.users[user]?.username = name }
        if body.contains("avatar") {
            world.users[user]?.avatar = try Base64Image(body, "avatar", largest: 10 << 20)?.hash
        }
        world.record("user.update", by: user, target: user)
        world.emit("USER_UPDATE", guild: .none, to: .only([user]), world.wireUser(user))
        return try me(&world, call)
    }

    static func leave(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), seenBy: user)
        guard guild.ownerID != user else { throw .missingPermissions }
        // The bot is told last: afterwards it is not there any more.
        world.emit("GUILD_DELETE", guild: .none, to: .only([user]), ["id": .id(guild.id)])
        world.removeMember(user, from: guild.id)
        world.record("guild.leave", by: user, target: guild.id)
        return .noContent
    }

    /// Source: <https://discord.com/developers/docs/resources/user#create-dm>
    static func openDirectMessages(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        guard let other = try call.object["recipient_id"]?.snowflake else { throw .required("recipient_id") }
        let isNew = !world.channels.values.contains {
            $0.kind == .directMessage && $0.recipients.contains(user) && $0.recipients.contains(other)
        }
        // Discord does not say how fast is too fast.
        let recent = world.channels.values.count {
            $0.kind == .directMessage && $0.recipients.first == user && world.now - $0.id.createdAt < 600
        }
        guard !isNew || recent < 10 else { throw .tooManyDirectMessages }
        return .ok(world.wireDirectMessages(try world.openDirectMessages(from: user, to: other), for: user))
    }
}
