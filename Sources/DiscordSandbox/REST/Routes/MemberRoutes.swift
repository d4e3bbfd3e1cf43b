import Contracts

enum MemberRoutes {
    private static let edits = RateRule.shared("member.update", 10, seconds: 10)

    static let all: [Route] = [
        .get("/guilds/{guild_id}/members", .shared("members.list", 10, seconds: 10), list),
        .get("/guilds/{guild_id}/members/search", .shared("members.search", 10, seconds: 10), search),
        .get("/guilds/{guild_id}/members/{user_id}", .lookups, get),
        .patch("/guilds/{guild_id}/members/@me", edits, changeSelf),
        .patch("/guilds/{guild_id}/members/@me/nick", edits, changeSelf),
        .patch("/guilds/{guild_id}/members/{user_id}", edits, change),
        .delete("/guilds/{guild_id}/members/{user_id}", .shared("member.kick", 5, seconds: 1), kick),
        .put("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", edits, giveRole),
        .delete("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", edits, takeRole),
    ]

    /// Source: <https://discord.com/developers/docs/resources/guild#list-guild-members>
    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        try world.requireIntent(.members, of: call.user)
        let limit = try call.int("limit", in: 1...1000, default: 1)
        let after = try call.snowflake("after") ?? .none
        return .ok(guild.members.after(after, limit: limit).map { world.wire($0) })
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
        let body = try call.object
        var change = World.MemberChange()
        if body.contains("nick") { change.nick = .some(try body.text("nick", length: 0...32)) }
        let member = try world.changeMember(call.user, in: call.id("guild_id"), by: call.actor, change)
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        var object = world.wire(member)
        object["permissions"] = world.guildPermissions(of: try call.user, in: guild).json
        return .ok(object)
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
        change.mute = try body.flag("mute")
        change.deaf = try body.flag("deaf")
        change.flags = try body.int("flags", in: 0...Int(Int32.max))
        if let channel = body["channel_id"] {
            guard channel.isNull || channel.snowflake != nil else {
                throw .notSnowflake("channel_id", channel.string ?? "")
            }
            change.voiceChannel = .some(channel.snowflake)
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
        var found: [Member] = []
        for member in guild.members.inOrder where found.count < limit {
            let user = users[member.userID]
            let fits = [user?.username, user?.globalName, member.nick].contains {
                $0?.lowercased().hasPrefix(prefix) ?? false
            }
            if fits { found.append(member) }
        }
        return found
    }
}
