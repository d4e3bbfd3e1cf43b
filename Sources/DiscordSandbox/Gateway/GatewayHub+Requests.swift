import Contracts

/// Smaller things that a client may ask for.
extension GatewayHub {
    /// Op 31. Source: <https://discord.com/developers/docs/events/gateway-events#request-soundboard-sounds>
    mutating func requestSounds(_ id: UInt64, _ data: JSONValue, world: World) {
        guard let session = connections[id]?.session, let bot = sessions[session]?.botID,
            let guilds = data["guild_ids"]?.array?.compactMap(\.snowflake)
        else { return close(id, .decodeError) }
        for guildID in guilds {
            guard let guild = world.guilds[guildID], guild.members[bot] != nil else { continue }
            let answer: JSONValue = [
                "guild_id": .id(guildID), "soundboard_sounds": .array(World.ordered(guild.sounds)),
            ]
            dispatch(session, "SOUNDBOARD_SOUNDS", answer.utf8)
        }
    }

    /// Op 43. Source: <https://discord.com/developers/docs/events/gateway-events#request-channel-info>
    mutating func requestChannelInfo(_ id: UInt64, _ data: JSONValue, world: World) {
        guard let session = connections[id]?.session, let bot = sessions[session]?.botID,
            let guildID = data["guild_id"]?.snowflake, let guild = world.guilds[guildID], guild.members[bot] != nil,
            let fields = data["fields"]?.array?.compactMap(\.string)
        else { return close(id, .decodeError) }
        let voice = world.listedChannels(of: guild).filter {
            $0.kind.isVoice && world.permissions(of: bot, in: $0).contains(.viewChannel)
        }
        let channels: [JSONValue] = voice.compactMap { channel in
            var object: JSONObject = ["id": .id(channel.id)]
            if fields.contains("status"), let status = channel.voiceStatus { object["status"] = .string(status) }
            if fields.contains("voice_start_time"), let start = channel.voiceStartedAt {
                object["voice_start_time"] = .int(Int(start.milliseconds / 1000))
            }
            return object.members.count > 1 ? .object(object) : nil
        }
        let answer: JSONValue = ["guild_id": .id(guildID), "channels": .array(channels)]
        dispatch(session, "CHANNEL_INFO", answer.utf8)
    }

    /// Op 4. Where the bot is in voice changes; there is nothing to hear.
    mutating func updateVoice(_ id: UInt64, _ data: JSONValue) {
        guard let session = connections[id]?.session, let bot = sessions[session]?.botID,
            let guild = data["guild_id"]?.snowflake, data["channel_id"] != nil
        else { return close(id, .decodeError) }
        guard let channel = data["channel_id"]?.snowflake else { return wish(.leaveVoice(bot, guild: guild)) }
        wish(.joinVoice(bot, channel: channel))
        let server: JSONValue = [
            "token": .string(World.signature("voice", session)), "guild_id": .id(guild), "endpoint": nil,
        ]
        dispatch(session, "VOICE_SERVER_UPDATE", server.utf8)
    }
}
