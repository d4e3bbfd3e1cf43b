import Contracts

enum GuildRoutes {
    static let all: [Route] = [
        .get("/guilds/{guild_id}", .lookups, get),
        .get("/guilds/{guild_id}/channels", .lookups, channels),
        .post("/guilds/{guild_id}/channels", .shared("channel.create", 10, seconds: 10), createChannel),
        .patch("/guilds/{guild_id}/channels", .shared("channel.order", 5, seconds: 5), moveChannels),
        .get("/guilds/{guild_id}/threads/active", .lookups, activeThreads),
        .get("/guilds/{guild_id}/audit-logs", .shared("audit-logs", 10, seconds: 5), auditLogs),
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
            throw .form("type", "BASE_TYPE_CHOICES", "Value must be one of (0, 2, 4, 5, 13, 15, 16).")
        }
        guard kind != .directMessage else {
            throw .form("type", "BASE_TYPE_CHOICES", "Value must be one of (0, 2, 4, 5, 13, 15, 16).")
        }
        let position = try body.int("position", in: 0...Int(Int32.max)) ?? guild.channels.count
        var channel = Channel(
            id: world.mintID(), guildID: guild.id, kind: kind, name: try body.requiredText("name", length: 1...100),
            topic: try body.text("topic", length: 0...(kind.isForum ? 4096 : 1024)), position: position)
        channel.flags = try body.int("flags", in: 0...Int(Int32.max)) ?? 0
        channel.availableTags = try ForumForm.tags(body) { world.mintID() } ?? []
        channel.details = try ForumForm.details(body)
        channel.parentID = body["parent_id"]?.snowflake
        channel.isNSFW = try body.flag("nsfw") ?? false
        channel.slowmode = try body.int("rate_limit_per_user", in: 0...21_600) ?? 0
        channel.overwrites = try ChannelRoutes.overwrites(body) ?? []
        return .created(world.wire(try world.createChannel(channel, by: call.actor)))
    }

    static func activeThreads(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let threads = world.activeThreads(in: try world.guild(call.id("guild_id"), seenBy: user), seenBy: user)
        return .ok(ThreadListRoutes.list(threads, world, for: user))
    }

    static func moveChannels(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        var moves: [World.ChannelMove] = []
        for (index, value) in (call.body?.array ?? []).enumerated() {
            guard let object = value.object, let id = object["id"]?.snowflake else { throw .required("\(index).id") }
            var move = World.ChannelMove(id: id, position: try object.int("position", in: 0...Int(Int32.max)))
            if let parent = object["parent_id"] { move.parentID = .some(parent.snowflake) }
            move.syncsPermissions = try object.flag("lock_permissions") ?? false
            moves.append(move)
        }
        try world.moveChannels(moves, in: call.id("guild_id"), by: call.actor)
        return .noContent
    }

    /// Source: <https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log>
    static func auditLogs(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: [.viewAuditLog])
        let limit = try call.int("limit", in: 1...100, default: 50)
        let (user, target) = (try call.snowflake("user_id"), try call.snowflake("target_id"))
        let (before, after) = (try call.snowflake("before"), try call.snowflake("after"))
        let action = call.text("action_type").flatMap { Int($0) }
        // Source: <https://discord.com/developers/docs/resources/audit-log> (kept for 45 days)
        let oldest = Snowflake(unixMilliseconds: world.now.milliseconds - 45 * 86_400_000)
        let found = guild.auditLog.filter { entry in
            entry.id >= oldest && (user == nil || entry.actorID == user) && (target == nil || entry.targetID == target)
                && (action == nil || entry.action.rawValue == action)
                && (before.map { entry.id < $0 } ?? true) && (after.map { entry.id > $0 } ?? true)
        }
        // `after` alone reads forward, like everywhere in the API; the answer is newest first all the same.
        let page = after != nil && before == nil ? found.prefix(limit) : found.suffix(limit)
        let named = Set(page.map(\.actorID) + page.compactMap(\.targetID)).filter { world.users[$0] != nil }
        return .ok([
            "audit_log_entries": .array(page.reversed().map { .object($0.json) }),
            "users": .array(named.sorted().map { .object(world.wireUser($0)) }),
            "integrations": [],
            "webhooks": .array(
                page.compactMap { $0.targetID.flatMap { world.webhooks[$0] } }.map { .object(world.wire($0)) }),
            "guild_scheduled_events": .array(
                page.compactMap { $0.targetID.flatMap { guild.scheduledEvents[$0] } }.map { .object($0) }),
            "threads": .array(
                page.compactMap { $0.targetID.flatMap { world.channels[$0] } }.filter(\.kind.isThread)
                    .map { .object(world.wire($0)) }),
            "application_commands": [],
            "auto_moderation_rules": .array(
                page.compactMap { $0.targetID.flatMap { guild.autoModerationRules[$0] } }.map { .object($0) }),
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
