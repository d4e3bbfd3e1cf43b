import Contracts

enum ChannelRoutes {
    private static let edits = RateRule.shared("channel.edit", 10, seconds: 10)

    static let all: [Route] = [
        .get("/channels/{channel_id}", .lookups, get),
        Route.patch("/channels/{channel_id}", edits, change).hiding { call in
            guard let body = try? call.object, body.contains("name") || body.contains("topic") else { return nil }
            return .channelName
        },
        .delete("/channels/{channel_id}", edits, delete),
        .put("/channels/{channel_id}/permissions/{overwrite_id}", edits, setOverwrite),
        .delete("/channels/{channel_id}/permissions/{overwrite_id}", edits, removeOverwrite),
        .post("/channels/{channel_id}/followers", edits, follow),
        .post("/channels/{channel_id}/typing", .shared("typing", 5, seconds: 5), typing),
    ]

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.channel(call.id("channel_id"), seenBy: user)
        if channel.kind == .directMessage { return .ok(world.wireDirectMessages(channel, for: user)) }
        return .ok(world.wire(channel, for: user))
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#modify-channel>
    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let old = try world.channel(call.id("channel_id"), seenBy: call.user)
        guard old.kind != .directMessage else { throw .directMessageChannel }
        var change = World.ChannelChange()
        change.name = try body.text("name", length: 1...100)
        if let kind = try body.int("type", in: 0...16) {
            guard let kind = Channel.Kind(rawValue: kind) else {
                throw .form("type", "BASE_TYPE_CHOICES", "Value must be one of (0, 5).")
            }
            change.kind = kind
        }
        if body.contains("topic") {
            let longest = old.kind.isForum ? 4096 : 1024
            change.topic = .some(try body.text("topic", length: 0...longest))
        }
        change.slowmode = try body.int("rate_limit_per_user", in: 0...21_600)
        change.position = try body.int("position", in: 0...Int(Int32.max))
        if let parent = body["parent_id"] { change.parentID = .some(parent.snowflake) }
        change.isNSFW = try body.flag("nsfw")
        change.overwrites = try overwrites(body)
        change.isArchived = try body.flag("archived")
        change.isLocked = try body.flag("locked")
        change.isInvitable = try body.flag("invitable")
        change.autoArchiveAfter = try ThreadRoutes.autoArchive(body)
        change.flags = try body.int("flags", in: 0...Int(Int32.max))
        change.appliedTags = try body.snowflakes("applied_tags")
        change.availableTags = try ForumForm.tags(body) { world.mintID() }
        change.details = try ForumForm.details(body)
        return .ok(world.wire(try world.changeChannel(old.id, by: call.actor, change)))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let channel = try world.deleteChannel(call.id("channel_id"), by: call.actor)
        return .ok(
            channel.kind == .directMessage
                ? world.wireDirectMessages(channel, for: try call.user) : world.wire(channel))
    }

    static func overwrites(_ body: JSONObject) throws(APIError) -> [Overwrite]? {
        guard let values = body["permission_overwrites"]?.array else { return nil }
        var result: [Overwrite] = []
        for (index, value) in values.enumerated() {
            guard let object = value.object, let id = object["id"]?.snowflake else {
                throw .required("permission_overwrites.\(index).id")
            }
            result.append(try overwrite(id, object))
        }
        return result
    }

    private static func overwrite(_ id: Snowflake, _ object: JSONObject) throws(APIError) -> Overwrite {
        guard let target = Overwrite.Target(rawValue: try object.int("type", in: 0...1) ?? 0) else {
            throw .required("type")
        }
        return Overwrite(
            id: id, target: target, allow: try object.permissions("allow") ?? [],
            deny: try object.permissions("deny") ?? [])
    }

    static func setOverwrite(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setOverwrite(
            overwrite(call.id("overwrite_id"), call.object), in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func removeOverwrite(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.removeOverwrite(call.id("overwrite_id"), in: call.id("channel_id"), by: call.actor)
        return .noContent
    }

    static func typing(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.channel(call.id("channel_id"), where: user, has: [.sendMessages])
        var data: JSONObject = [
            "channel_id": .id(channel.id), "user_id": .id(user),
            "timestamp": .int(Int(world.now.milliseconds / 1000)),
        ]
        if channel.guildID != .none { data["guild_id"] = .id(channel.guildID) }
        data["member"] = world.guilds[channel.guildID]?.members[user].map { .object(world.wire($0)) }
        world.emit("TYPING_START", guild: channel.guildID, to: .readers(of: channel.id), data)
        return .noContent
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#follow-announcement-channel>
    static func follow(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        guard let target = try call.object["webhook_channel_id"]?.snowflake else {
            throw .required("webhook_channel_id")
        }
        let source = try world.guildChannel(call.id("channel_id"), where: call.user)
        guard source.kind == .announcement else { throw .wrongChannelType }
        let webhook = try world.createWebhook(
            name: source.name, avatar: nil, token: nil, source: .init(guildID: source.guildID, channelID: source.id),
            in: target, by: call.actor)
        if let channel = world.channels[target] {
            var notice = Message(
                id: world.mintID(), channelID: target, guildID: channel.guildID, author: .user(try call.user),
                kind: .followed, content: source.name)
            notice.reference = Message.Reference(
                messageID: nil, channelID: source.id, guildID: source.guildID)
            world.store(notice, in: channel)
        }
        return .ok(["channel_id": .id(source.id), "webhook_id": .id(webhook.id)])
    }
}
