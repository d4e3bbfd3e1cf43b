import Contracts

/// Source: <https://discord.com/developers/docs/resources/invite>
enum InviteRoutes {
    private static let edits = RateRule.shared("invite", 5, seconds: 5)

    static let all: [Route] = [
        .get("/channels/{channel_id}/invites", .lookups, listOfChannel),
        .post("/channels/{channel_id}/invites", edits, create),
        .get("/guilds/{guild_id}/invites", .lookups, listOfGuild),
        .get("/invites/{code}", .shared("invite.get", 10, seconds: 10), get),
        .delete("/invites/{code}", edits, delete),
        .get("/invites/{code}/target-users", .lookups, targets),
        .put("/invites/{code}/target-users", edits, setTargets),
        .get("/invites/{code}/target-users/job-status", .lookups, targetJob),
    ]

    static func listOfChannel(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.guildChannel(call.id("channel_id"), where: call.user, has: .manageChannels)
        return .ok(list(world, in: channel.guildID) { $0.channelID == channel.id })
    }

    static func listOfGuild(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        let granted = world.guildPermissions(of: try call.user, in: guild)
        guard !granted.isDisjoint(with: [.manageGuild, .viewAuditLog]) else { throw .missingPermissions }
        return .ok(list(world, in: guild.id) { _ in true })
    }

    private static func list(
        _ world: World, in guildID: Snowflake, where wanted: (Invite) -> Bool
    ) -> [JSONObject] {
        (world.guilds[guildID]?.invites.values.filter { wanted($0) && world.isValid($0) } ?? [])
            .sorted { ($0.createdAt, $0.code) < ($1.createdAt, $1.code) }.map { world.wire($0, withUse: true) }
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        var plan = World.InvitePlan()
        plan.maxAge = try body.int("max_age", in: 0...604_800) ?? 86_400
        plan.maxUses = try body.int("max_uses", in: 0...100) ?? 0
        plan.isTemporary = try body.flag("temporary") ?? false
        plan.isUnique = try body.flag("unique") ?? false
        plan.roleIDs = try body.snowflakes("role_ids") ?? []
        plan.targetUserIDs = try targets(of: call)
        let code = String(call.randomToken.prefix(8))
        let invite = try world.createInvite(plan, code: code, to: call.id("channel_id"), by: call.actor)
        return .ok(world.wire(invite, withUse: true))
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let invite = try world.invite(call.path["code"] ?? "")
        return .ok(world.wire(invite, withUse: false, withCounts: try call.flag("with_counts") ?? false))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.deleteInvite(call.path["code"] ?? "", by: call.actor), withUse: false))
    }

    /// A CSV whose header is `user_id`, or nil when none came.
    private static func targets(of call: APICall) throws(APIError) -> [Snowflake]? {
        guard let file = call.files.first else { return nil }
        let rows = String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.filter { !$0.isWhitespace } }
        guard rows.first == "user_id" else {
            throw .form("target_users_file", "INVALID_CSV", "The first line must be user_id")
        }
        var ids: [Snowflake] = []
        for row in rows.dropFirst() {
            guard let id = Snowflake(row) else { throw .notSnowflake("target_users_file", row) }
            ids.append(id)
        }
        return ids
    }

    private static func managed(_ world: World, _ call: APICall) throws(APIError) -> Invite {
        let invite = try world.invite(call.path["code"] ?? "")
        _ = try world.guild(invite.guildID, where: call.user, has: .manageGuild)
        return invite
    }

    static func targets(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let ids = try managed(world, call).targetUserIDs ?? []
        let lines = ["user_id"] + ids.map(\.description)
        return APIReply(
            status: 200, file: .init(contentType: "text/csv", bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
        )
    }

    static func setTargets(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let invite = try managed(world, call)
        guard let ids = try targets(of: call) else { throw .required("target_users_file") }
        world.guilds[invite.guildID]?.invites[invite.code]?.targetUserIDs = ids
        world.audit(
            .inviteUpdate, in: invite.guildID, by: try call.actor, target: nil, channel: invite.channelID,
            changes: [.init(key: "code", old: nil, new: .string(invite.code))])
        return .noContent
    }

    /// Lists are small here: every job is done at once.
    static func targetJob(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let invite = try managed(world, call)
        let count = invite.targetUserIDs?.count ?? 0
        return .ok([
            "status": 2, "total_users": .int(count), "processed_users": .int(count),
            "created_at": .time(invite.createdAt), "completed_at": .time(invite.createdAt), "error_message": nil,
        ])
    }
}
