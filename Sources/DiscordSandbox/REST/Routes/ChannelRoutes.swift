import Contracts

enum ChannelRoutes {
    private static let edits = RateRule.shared("channel.edit", 10, seconds: 10)

    static let all: [Route] = [
        .get("/channels/{channel_id}", .lookups, get),
        .patch("/channels/{channel_id}", edits, change),
        .delete("/channels/{channel_id}", edits, delete),
        .put("/channels/{channel_id}/permissions/{overwrite_id}", edits, setOverwrite),
        .delete("/channels/{channel_id}/permissions/{overwrite_id}", edits, removeOverwrite),
        .post("/channels/{channel_id}/typing", .shared("typing", 5, seconds: 5), typing),
    ]

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.channel(call.id("channel_id"), seenBy: call.user)))
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#modify-channel>
    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        var change = World.ChannelChange()
        change.name = try body.text("name", length: 1...100)
        if body.contains("topic") { change.topic = .some(try body.text("topic", length: 0...1024)) }
        change.slowmode = try body.int("rate_limit_per_user", in: 0...21_600)
        change.position = try body.int("position", in: 0...Int(Int32.max))
        if let parent = body["parent_id"] { change.parentID = .some(parent.snowflake) }
        change.isNSFW = try body.flag("nsfw")
        change.overwrites = try overwrites(body)
        change.isArchived = try body.flag("archived")
        change.isLocked = try body.flag("locked")
        change.autoArchiveAfter = try ThreadRoutes.autoArchive(body)
        return .ok(world.wire(try world.changeChannel(call.id("channel_id"), by: call.actor, change)))
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(world.wire(try world.deleteChannel(call.id("channel_id"), by: call.actor)))
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
            "channel_id": .id(channel.id), "guild_id": .id(channel.guildID), "user_id": .id(user),
            "timestamp": .int(Int(world.now.milliseconds / 1000)),
        ]
        data["member"] = world.guilds[channel.guildID]?.members[user].map { .object(world.wire($0)) }
        world.emit("TYPING_START", guild: channel.guildID, to: .readers(of: channel.id), data)
        return .noContent
    }
}
