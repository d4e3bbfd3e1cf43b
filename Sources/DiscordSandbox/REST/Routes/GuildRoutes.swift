import Contracts

enum GuildRoutes {
    static let all: [Route] = [
        .get("/guilds/{guild_id}", .lookups, get),
        .get("/guilds/{guild_id}/channels", .lookups, channels),
        .post("/guilds/{guild_id}/channels", .shared("channel.create", 10, seconds: 10), createChannel),
        .get("/guilds/{guild_id}/threads/active", .lookups, activeThreads),
        .get("/guilds/{guild_id}/audit-logs", .shared("audit-logs", 10, seconds: 5), auditLogs),
        .get("/guilds/{guild_id}/messages/search", .shared("search", 10, seconds: 5), search),
        .get("/guilds/{guild_id}/prune", .shared("prune", 5, seconds: 5), pruneCount),
        .post("/guilds/{guild_id}/prune", .shared("prune", 5, seconds: 5), prune),
    ]

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        var object = world.wire(guild)
        if try call.flag("with_counts") == true {
            object["approximate_member_count"] = .int(guild.members.count)
            object["approximate_presence_count"] = .int(guild.members.count / 2)
        }
        return .ok(object)
    }

    static func channels(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        return .ok(world.listedChannels(of: guild).map { world.wire($0) })
    }

    static func createChannel(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let kind = Channel.Kind(rawValue: try body.int("type", in: 0...16) ?? 0), !kind.isThread else {
            throw .form("type", "BASE_TYPE_CHOICES", "Value must be one of (0, 2, 4, 5).")
        }
        let position = try body.int("position", in: 0...Int(Int32.max)) ?? guild.channels.count
        var channel = Channel(
            id: world.mintID(), guildID: guild.id, kind: kind, name: try body.requiredText("name", length: 1...100),
            topic: try body.text("topic", length: 0...1024), position: position)
        channel.parentID = body["parent_id"]?.snowflake
        channel.isNSFW = try body.flag("nsfw") ?? false
        channel.slowmode = try body.int("rate_limit_per_user", in: 0...21_600) ?? 0
        channel.overwrites = try ChannelRoutes.overwrites(body) ?? []
        return .created(world.wire(try world.createChannel(channel, by: call.actor)))
    }

    static func activeThreads(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let threads = world.activeThreads(in: try world.guild(call.id("guild_id"), seenBy: user), seenBy: user)
        return .ok(ThreadRoutes.list(threads, world, for: user))
    }

    /// Source: <https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log>
    static func auditLogs(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.viewAuditLog])
        let limit = try call.int("limit", in: 1...100, default: 50)
        let (user, target) = (try call.snowflake("user_id"), try call.snowflake("target_id"))
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after"))
        let action = call.text("action_type").flatMap { Int($0) }
        let found = guild.auditLog.filter { entry in
            (user == nil || entry.actorID == user) && (target == nil || entry.targetID == target)
                && (action == nil || entry.action.rawValue == action)
                && (before.map { entry.id < $0 } ?? true) && (after.map { entry.id > $0 } ?? true)
        }
        // `after` alone reads forward, like everywhere in the API; the answer is newest first all the same.
        let page = after != nil && before == nil ? found.prefix(limit) : found.suffix(limit)
        let named = Set(page.map(\.actorID) + page.compactMap(\.targetID)).filter { world.users[$0] != nil }
        return .ok([
            "audit_log_entries": .array(page.reversed().map { .object($0.json) }),
            "users": .array(named.sorted().map { .object(world.wireUser($0)) }),
            "integrations": [], "webhooks": [], "guild_scheduled_events": [], "threads": [],
            "application_commands": [], "auto_moderation_rules": [],
        ])
    }

    /// Source: <https://discord.com/developers/docs/resources/message#search-guild-messages>
    static func search(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let guild = try world.guild(call.id("guild_id"), where: user, has: [.readMessageHistory])
        var query = World.Search()
        query.limit = try call.int("limit", in: 1...25, default: 25)
        query.offset = try call.int("offset", in: 0...9975, default: 0)
        let content = call.text("content") ?? ""
        guard content.count <= 1024 else { throw .badLength("content", 0...1024) }
        query.words = content.lowercased().split(separator: " ").map(String.init)
        query.channels = Set(try call.snowflakes("channel_id"))
        query.authors = Set(try call.snowflakes("author_id"))
        query.mentions = Set(try call.snowflakes("mentions"))
        query.after = try call.snowflake("min_id")
        query.before = try call.snowflake("max_id")
        query.pinned = try call.flag("pinned")
        query.oldestFirst = call.text("sort_order") == "asc"
        let (page, total) = world.search(query, in: guild, by: user)
        let messages: [JSONValue] = page.map { message in
            var object = world.wire(message, to: user)
            object["reactions"] = nil
            object["hit"] = true
            return [.object(object)]
        }
        return .ok([
            "total_results": .int(total), "doing_deep_historical_index": false, "documents_indexed": .int(total),
            "messages": .array(messages),
        ])
    }

    static func pruneCount(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let actor = try call.actor
        let days = try call.int("days", in: 1...30, default: 7)
        let guild = try world.guild(call.id("guild_id"), where: actor.id, has: [.kickMembers, .manageGuild])
        let roles = (call.text("include_roles") ?? "").split(separator: ",").compactMap { Snowflake($0) }
        return .ok(["pruned": .int(world.prunable(in: guild, days: days, alsoWith: roles).count)])
    }

    static func prune(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let days = try body.int("days", in: 1...30) ?? 7
        let pruned = try world.prune(
            call.id("guild_id"), days: days, alsoWith: try body.snowflakes("include_roles") ?? [], by: call.actor)
        return .ok(["pruned": try body.flag("compute_prune_count") == false ? .null : .int(pruned)])
    }
}
