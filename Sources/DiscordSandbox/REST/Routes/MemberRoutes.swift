import Contracts

enum MemberRoutes {
    private static let edits = RateRule.shared("member.update", 10, seconds: 10)

    static let all: [Route] = [
        .get("/guilds/{guild_id}/members", .shared("members.list", 10, seconds: 10), list),
        .get("/guilds/{guild_id}/members/search", .shared("members.search", 10, seconds: 10), search),
        .get("/guilds/{guild_id}/members/{user_id}", .lookups, get),
        .patch("/guilds/{guild_id}/members/@me", edits, changeSelf),
        .patch("/guilds/{guild_id}/members/{user_id}", edits, change),
        .delete("/guilds/{guild_id}/members/{user_id}", .shared("member.kick", 5, seconds: 1), kick),
        .put("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", edits, giveRole),
        .delete("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", edits, takeRole),
    ]

    /// Source: <https://discord.com/developers/docs/resources/guild#list-guild-members>
    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let limit = try call.int("limit", in: 1...1000, default: 1)
        let after = try call.snowflake("after") ?? Snowflake(0)
        let members = guild.members.values.filter { $0.userID > after }.sorted { $0.userID < $1.userID }
        return .ok(members.prefix(limit).map { world.wire($0) })
    }

    static func search(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let limit = try call.int("limit", in: 1...1000, default: 1)
        guard let query = call.text("query"), !query.isEmpty else { throw .required("query") }
        return .ok(world.members(of: guild, startingWith: query, limit: limit).map { world.wire($0) })
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let id = try call.id("user_id")
        guard world.users[id] != nil else { throw .unknownUser }
        guard let member = guild.members[id] else { throw .unknownMember }
        return .ok(world.wire(member))
    }

    static func changeSelf(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let change = World.MemberChange(nick: .some(try call.object.text("nick", length: 0...32)))
        let member = try world.changeMember(call.user, in: call.id("guild_id"), by: call.actor, change)
        return .ok(world.wire(member))
    }

    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-member>
    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        var change = World.MemberChange()
        if body.contains("nick") { change.nick = .some(try body.text("nick", length: 0...32)) }
        if let until = body["communication_disabled_until"] {
            change.timedOutUntil = .some(try timestamp(until, "communication_disabled_until"))
        }
        change.roles = try body.snowflakes("roles")
        for voice in ["mute", "deaf", "channel_id"] where body[voice].map({ !$0.isNull }) ?? false {
            throw APIError(status: 400, code: 40032, message: "Target user is not connected to voice.")
        }
        let member = try world.changeMember(call.id("user_id"), in: call.id("guild_id"), by: call.actor, change)
        return .ok(world.wire(member))
    }

    static func timestamp(_ value: JSONValue, _ field: String) throws(APIError) -> Timestamp? {
        guard !value.isNull else { return nil }
        guard let time = value.string.flatMap({ Timestamp(iso8601: $0) }) else {
            throw .form(field, "DATE_TIME_TYPE_PARSE", "Could not parse \(value.string ?? "value"). Should be ISO8601.")
        }
        return time
    }

    static func kick(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.kick(call.id("user_id"), from: call.id("guild_id"), by: call.actor)
        return .noContent
    }

    static func giveRole(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setRole(
            call.id("role_id"), given: true, to: call.id("user_id"), in: call.id("guild_id"), by: call.actor)
        return .noContent
    }

    static func takeRole(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setRole(
            call.id("role_id"), given: false, to: call.id("user_id"), in: call.id("guild_id"), by: call.actor)
        return .noContent
    }
}

extension World {
    /// By the beginning of a user name, a display name or a nickname.
    func members(of guild: Guild, startingWith prefix: String, limit: Int) -> [Member] {
        let prefix = prefix.lowercased()
        let found = guild.members.values.filter { member in
            let user = users[member.userID]
            return [user?.username, user?.globalName, member.nick].contains {
                $0?.lowercased().hasPrefix(prefix) ?? false
            }
        }
        return Array(found.sorted { $0.userID < $1.userID }.prefix(limit))
    }
}
