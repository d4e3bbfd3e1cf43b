import Contracts

/// Source: <https://discord.com/developers/docs/resources/voice>
enum VoiceRoutes {
    private static let edits = RateRule.shared("voice-state", 5, seconds: 5)
    private static let states = "/guilds/{guild_id}/voice-states"

    static let all: [Route] = [
        .get("/voice/regions", .lookups, regions),
        .get("/guilds/{guild_id}/regions", .lookups, guildRegions),
        .get("\(states)/@me", .lookups, own),
        .get("\(states)/{user_id}", .lookups, get),
        .patch("\(states)/@me", edits, changeOwn),
        .patch("\(states)/{user_id}", edits, change),
        .put("/channels/{channel_id}/voice-status", edits, setStatus),
    ]

    private static let known: [JSONObject] = [("rotterdam", "Rotterdam", true), ("us-east", "US East", false)].map {
        [
            "id": .string($0.0), "name": .string($0.1), "optimal": .bool($0.2), "deprecated": false, "custom": false,
        ]
    }

    static func regions(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply { .ok(known) }

    static func guildRegions(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        _ = try world.guild(call.id("guild_id"), seenBy: call.user)
        return .ok(known)
    }

    static func own(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try state(of: call.user, world, call)
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try state(of: call.id("user_id"), world, call)
    }

    private static func state(of id: Snowflake, _ world: World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let state = guild.voiceStates[id] else { throw .unknownVoiceState }
        return .ok(world.wire(state, in: guild.id))
    }

    static func changeOwn(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try change(of: call.user, &world, call)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try change(of: call.id("user_id"), &world, call)
    }

    private static func change(
        of id: Snowflake, _ world: inout World, _ call: APICall
    ) throws(APIError) -> APIReply {
        let body = try call.object
        var change = World.VoiceStateChange(channelID: body["channel_id"]?.snowflake)
        change.isSuppressed = try body.flag("suppress")
        if let asks = body["request_to_speak_timestamp"] {
            change.asksToSpeakAt = .some(try MemberRoutes.timestamp(asks, "request_to_speak_timestamp"))
        }
        try world.changeVoiceState(of: id, in: call.id("guild_id"), by: call.actor, change)
        return .noContent
    }

    static func setStatus(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        try world.setVoiceStatus(
            call.object.text("status", length: 0...500), of: call.id("channel_id"), by: call.actor)
        return .noContent
    }
}
