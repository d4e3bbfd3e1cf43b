import Contracts

enum RoleRoutes {
    private static let edits = RateRule.shared("role.edit", 10, seconds: 10)

    static let all: [Route] = [
        .get("/guilds/{guild_id}/roles", .lookups, list),
        .get("/guilds/{guild_id}/roles/member-counts", .lookups, memberCounts),
        .get("/guilds/{guild_id}/roles/{role_id}", .lookups, get),
        .post("/guilds/{guild_id}/roles", edits, create),
        .patch("/guilds/{guild_id}/roles", .shared("role.order", 5, seconds: 5), move),
        .patch("/guilds/{guild_id}/roles/{role_id}", edits, change),
        .delete("/guilds/{guild_id}/roles/{role_id}", edits, delete),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        return .ok(guild.roles.values.sorted { $0.id < $1.id }.map { world.wire($0) })
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let role = guild.roles[try call.id("role_id")] else { throw .unknownRole }
        return .ok(world.wire(role))
    }

    /// Source: <https://discord.com/developers/docs/resources/guild#get-guild-role-member-counts>
    static func memberCounts(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        var counts: [Snowflake: Int] = [:]
        for member in guild.members.values { for role in member.roles { counts[role, default: 0] += 1 } }
        // @everyone is not counted.
        let roles = guild.roles.keys.filter { $0 != guild.id }.sorted()
        return .ok(roles.reduce(into: [:] as JSONObject) { $0[$1.description] = .int(counts[$1] ?? 0) })
    }

    static func move(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var moves: [(id: Snowflake, position: Int)] = []
        for (index, value) in (call.body?.array ?? []).enumerated() {
            guard let object = value.object, let id = object["id"]?.snowflake else { throw .required("\(index).id") }
            guard let position = try object.int("position", in: 0...Int(Int32.max)) else { continue }
            moves.append((id, position))
        }
        try world.moveRoles(moves, in: call.id("guild_id"), by: call.actor)
        return try list(&world, call)
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.createRole(change(call.object), in: call.id("guild_id"), by: call.actor)))
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let role = try world.changeRole(
            call.id("role_id"), in: call.id("guild_id"), by: call.actor, change(call.object))
        return .ok(world.wire(role))
    }

    private static func change(_ body: JSONObject) throws(APIError) -> World.RoleChange {
        let colors = body["colors"]?.object
        let color = try body.int("color", in: 0...0xFFFFFF)
        var change = World.RoleChange(
            name: try body.text("name", length: 0...100), permissions: try body.permissions("permissions"),
            color: try colors?.int("primary_color", in: 0...0xFFFFFF) ?? color,
            hoist: try body.flag("hoist"), mentionable: try body.flag("mentionable"))
        if let colors {
            change.secondaryColor = .some(try colors.int("secondary_color", in: 0...0xFFFFFF))
            change.tertiaryColor = .some(try colors.int("tertiary_color", in: 0...0xFFFFFF))
        }
        if body.contains("unicode_emoji") { change.unicodeEmoji = .some(body["unicode_emoji"]?.string) }
        return change
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteRole(call.id("role_id"), in: call.id("guild_id"), by: call.actor)
        return .noContent
    }
}
