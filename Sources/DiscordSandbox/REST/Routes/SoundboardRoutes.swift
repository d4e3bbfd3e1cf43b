import Contracts

/// Source: <https://discord.com/developers/docs/resources/soundboard>
enum SoundboardRoutes {
    private static let edits = RateRule.shared("soundboard", 5, seconds: 10)
    private static let sounds = "/guilds/{guild_id}/soundboard-sounds"
    private static let most = 8
    private static let largest = 512 << 10

    static let all: [Route] = [
        .get("/soundboard-default-sounds", .lookups, defaults),
        .get(sounds, .lookups, list),
        .get("\(sounds)/{sound_id}", .lookups, get),
        .post(sounds, edits, create),
        .patch("\(sounds)/{sound_id}", edits, change),
        .delete("\(sounds)/{sound_id}", edits, delete),
        .post("/channels/{channel_id}/send-soundboard-sound", edits, play),
    ]

    /// Two of Discord's own.
    static let standard: [JSONObject] = [("quack", "🦆"), ("airhorn", "🔊")].enumerated().map { index, sound in
        [
            "name": .string(sound.0), "sound_id": .string(String(index + 1)), "volume": .double(1), "emoji_id": nil,
            "emoji_name": .string(sound.1), "available": true,
        ]
    }

    static func defaults(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply { .ok(standard) }

    static func list(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        .ok(["items": .array(World.ordered(try world.guild(call.id("guild_id"), seenBy: call.user).sounds))])
    }

    static func get(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let sound = guild.sounds[try call.id("sound_id")] else { throw .unknownSound }
        return .ok(sound)
    }

    private static func volume(_ body: JSONObject) throws(APIError) -> Double? {
        guard let value = body["volume"], !value.isNull else { return nil }
        guard let volume = value.double, (0...1).contains(volume) else {
            throw .form("volume", "NUMBER_TYPE_MAX", "float value should be between 0 and 1.")
        }
        return volume
    }

    static func create(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let guild = try world.guild(call.id("guild_id"), where: call.user, has: .createExpressions)
        let name = try body.requiredText("name", length: 2...32)
        guard try Base64Image(body, "sound", largest: largest) != nil else { throw .required("sound") }
        guard guild.sounds.count < most else { throw .limit(30045, "soundboard sounds", most) }
        let id = world.mintID()
        let sound: JSONObject = [
            "name": .string(name), "sound_id": .id(id), "volume": .double(try volume(body) ?? 1),
            "emoji_id": .id(body["emoji_id"]?.snowflake), "emoji_name": .text(body["emoji_name"]?.string),
            "guild_id": .id(guild.id), "available": true, "user": .object(world.wireUser(try call.user)),
        ]
        world.guilds[guild.id]?.sounds[id] = sound
        world.emit("GUILD_SOUNDBOARD_SOUND_CREATE", guild: guild.id, sound)
        world.audit(
            .soundCreate, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: nil, new: .string(name))])
        return .created(sound)
    }

    static func change(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let body = try call.object
        let (guild, old) = try editable(world, call)
        var sound = old
        if let name = try body.text("name", length: 2...32) { sound["name"] = .string(name) }
        if let volume = try volume(body) { sound["volume"] = .double(volume) }
        if body.contains("emoji_id") { sound["emoji_id"] = .id(body["emoji_id"]?.snowflake) }
        if body.contains("emoji_name") { sound["emoji_name"] = .text(body["emoji_name"]?.string) }
        let id = try call.id("sound_id")
        world.guilds[guild.id]?.sounds[id] = sound
        world.emit("GUILD_SOUNDBOARD_SOUND_UPDATE", guild: guild.id, sound)
        world.audit(
            .soundUpdate, in: guild.id, by: try call.actor, target: id,
            changes: ["name", "volume", "emoji_name"].map { AuditEntry.change($0, old[$0], sound[$0]) })
        return .ok(sound)
    }

    static func delete(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let (guild, old) = try editable(world, call)
        let id = try call.id("sound_id")
        world.guilds[guild.id]?.sounds[id] = nil
        world.emit(
            "GUILD_SOUNDBOARD_SOUND_DELETE", guild: guild.id, ["sound_id": .id(id), "guild_id": .id(guild.id)])
        world.audit(
            .soundDelete, in: guild.id, by: try call.actor, target: id,
            changes: [.init(key: "name", old: old["name"], new: nil)])
        return .noContent
    }

    private static func editable(_ world: World, _ call: APICall) throws(APIError) -> (Guild, JSONObject) {
        let guild = try world.guild(call.id("guild_id"), seenBy: call.user)
        guard let sound = guild.sounds[try call.id("sound_id")] else { throw .unknownSound }
        try world.requireExpressionRight(over: sound, in: guild, by: call.user)
        return (guild, sound)
    }

    static func play(_ world: inout World, _ call: APICall) throws(APIError) -> APIReply {
        let user = try call.user
        let channel = try world.guildChannel(call.id("channel_id"), where: user, has: [.speak, .useSoundboard])
        guard let sound = try call.object["sound_id"]?.snowflake else { throw .required("sound_id") }
        let isKnown =
            world.guilds.values.contains { $0.sounds[sound] != nil }
            || standard.contains { $0["sound_id"]?.snowflake == sound }
        guard isKnown else { throw .unknownSound }
        guard world.guilds[channel.guildID]?.voiceStates[user]?.channelID == channel.id else { throw .notInVoice }
        world.record("sound.play", by: user, target: sound, channel: channel.id)
        world.emit(
            "VOICE_CHANNEL_EFFECT_SEND", guild: channel.guildID, to: .readers(of: channel.id),
            [
                "channel_id": .id(channel.id), "guild_id": .id(channel.guildID), "user_id": .id(user),
                "sound_id": .id(sound), "sound_volume": .double(1),
            ])
        return .noContent
    }
}
