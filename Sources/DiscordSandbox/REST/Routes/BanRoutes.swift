import Contracts

/// Source: <https://discord.com/developers/docs/resources/guild#create-guild-ban>
enum BanRoutes {
    private static let oldest = 0...604_800

    static let all: [Route] = [
        .get("/guilds/{guild_id}/bans", .lookups, list),
        .get("/guilds/{guild_id}/bans/{user_id}", .lookups, get),
        .put("/guilds/{guild_id}/bans/{user_id}", .shared("ban.add", 5, seconds: 1), ban),
        .delete("/guilds/{guild_id}/bans/{user_id}", .shared("ban.remove", 5, seconds: 1), unban),
        .post("/guilds/{guild_id}/bulk-ban", .shared("ban.bulk", 5, seconds: 5), bulkBan),
    ]

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.banMembers])
        let limit = try call.int("limit", in: 1...1000, default: 1000)
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after"))
        let found = guild.bans.values.filter { ban in
            (before.map { ban.userID < $0 } ?? true) && (before != nil || after.map { ban.userID > $0 } ?? true)
        }.sorted { $0.userID < $1.userID }
        let page = before != nil ? found.suffix(limit) : found.prefix(limit)
        return .ok(page.map { wire($0, world) })
    }

    private static func wire(_ ban: Ban, _ world: World) -> JSONObject {
        ["reason": .text(ban.reason), "user": .object(world.wireUser(ban.userID))]
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.banMembers])
        guard let ban = guild.bans[try call.id("user_id")] else { throw .unknownBan }
        return .ok(wire(ban, world))
    }

    static func ban(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        // The documentation wants the body; libraries that put it into the query are served as well.
        let inQuery = try call.int("delete_message_seconds", in: oldest, default: 0)
        let seconds = try call.object.int("delete_message_seconds", in: oldest) ?? inQuery
        try world.ban(call.id("user_id"), in: call.id("guild_id"), by: call.actor, deletingSeconds: seconds)
        return .noContent
    }

    static func unban(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.unban(call.id("user_id"), in: call.id("guild_id"), by: call.actor)
        return .noContent
    }

    static func bulkBan(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        guard let ids = try body.snowflakes("user_ids"), !ids.isEmpty else { throw .required("user_ids") }
        guard ids.count <= 200 else { throw .badLength("user_ids", 1...200) }
        let (banned, failed) = try world.bulkBan(
            ids, in: call.id("guild_id"), by: call.actor,
            deletingSeconds: try body.int("delete_message_seconds", in: oldest) ?? 0)
        return .ok(["banned_users": .ids(banned), "failed_users": .ids(failed)])
    }
}
