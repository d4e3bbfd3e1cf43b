import Contracts

enum RoleRoutes {
    private static let edits = RateRule.shared("role.edit", 10, seconds: 10)

    static let all: [Route] = [
        .get("/guilds/{guild_id}/roles", .lookups, list),
        .get("/guilds/{guild_id}/roles/{role_id}", .lookups, get),
        .post("/guilds/{guild_id}/roles", edits, create),
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

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.createRole(change(call.object), in: call.id("guild_id"), by: call.actor)))
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let role = try world.changeRole(
            call.id("role_id"), in: call.id("guild_id"), by: call.actor, change(call.object))
        return .ok(world.wire(role))
    }

    private static func change(_ body: JSONObject) throws(APIError) -> World.RoleChange {
        let colors = try body["colors"]?.object?.int("primary_color", in: 0...0xFFFFFF)
        let color = try body.int("color", in: 0...0xFFFFFF)
        return World.RoleChange(
            name: try body.text("name", length: 0...100), permissions: try body.permissions("permissions"),
            color: colors ?? color,
            hoist: try body.flag("hoist"), mentionable: try body.flag("mentionable"))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.deleteRole(call.id("role_id"), in: call.id("guild_id"), by: call.actor)
        return .noContent
    }
}
