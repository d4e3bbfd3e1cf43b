import Contracts

/// Source: <https://discord.com/developers/docs/resources/stage-instance>
enum StageRoutes {
    private static let edits = RateRule.shared("stage", 5, seconds: 5)
    /// What makes someone a moderator of a stage.
    private static let moderator: Permissions = [.manageChannels, .muteMembers, .moveMembers]

    static let all: [Route] = [
        .post("/stage-instances", edits, create),
        .get("/stage-instances/{channel_id}", .lookups, get),
        .patch("/stage-instances/{channel_id}", edits, change),
        .delete("/stage-instances/{channel_id}", edits, delete),
    ]

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let topic = try body.requiredText("topic", length: 1...120)
        guard let channelID = body["channel_id"]?.snowflake else { throw .required("channel_id") }
        let channel = try world.guildChannel(channelID, where: call.user, has: moderator)
        guard channel.kind == .stage else { throw .wrongChannelType }
        guard world.guilds[channel.guildID]?.stageInstances[channelID] == nil else {
            throw APIError(status: 400, code: 150_006, message: "The Stage is already open")
        }
        let id = world.mintID()
        let stage: JSONObject = [
            "id": .id(id), "guild_id": .id(channel.guildID), "channel_id": .id(channelID), "topic": .string(topic),
            "privacy_level": 2, "discoverable_disabled": true,
            "guild_scheduled_event_id": .id(body["guild_scheduled_event_id"]?.snowflake),
        ]
        keep(stage, nil, channel, "CREATE", .stageCreate, &world, try call.actor)
        return .ok(stage)
    }

    private static func found(
        _ world: World, _ call: APICall, _ needed: Permissions
    ) throws(APIError) -> (Channel, JSONObject) {
        let channel = try world.guildChannel(call.id("channel_id"), where: call.user, has: needed)
        guard let stage = world.guilds[channel.guildID]?.stageInstances[channel.id] else { throw .unknownStage }
        return (channel, stage)
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(try found(world, call, []).1)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (channel, old) = try found(world, call, moderator)
        var stage = old
        if let topic = try call.object.text("topic", length: 1...120) { stage["topic"] = .string(topic) }
        keep(stage, old, channel, "UPDATE", .stageUpdate, &world, try call.actor)
        return .ok(stage)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (channel, old) = try found(world, call, moderator)
        keep(nil, old, channel, "DELETE", .stageDelete, &world, try call.actor)
        return .noContent
    }

    private static func keep(
        _ stage: JSONObject?, _ old: JSONObject?, _ channel: Channel, _ verb: String, _ action: AuditAction,
        _ world: inout World, _ actor: World.Actor
    ) {
        world.guilds[channel.guildID]?.stageInstances[channel.id] = stage
        world.emit("STAGE_INSTANCE_\(verb)", guild: channel.guildID, stage ?? old ?? [:])
        world.audit(
            action, in: channel.guildID, by: actor, target: (stage ?? old)?["id"]?.snowflake, channel: channel.id,
            changes: [AuditEntry.change("topic", old?["topic"], stage?["topic"])],
            options: ["channel_id": .id(channel.id)])
    }
}
