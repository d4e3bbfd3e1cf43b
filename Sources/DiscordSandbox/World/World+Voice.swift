import Contracts

/// Who is where in voice; there is no sound. Source: <https://discord.com/developers/docs/resources/voice>
extension World {
    /// The voice part of a member's change.
    mutating func changeVoice(
        of userID: Snowflake, _ change: MemberChange, to member: inout Member, granted: Permissions, in guild: Guild,
        by actor: Actor
    ) throws(APIError) {
        let state = guild.voiceStates[userID]
        for (flag, needed) in [(change.mute, Permissions.muteMembers), (change.deaf, .deafenMembers)] where flag != nil
        {
            guard granted.contains(needed) else { throw .missingPermissions }
            guard state != nil else { throw .notInVoice }
        }
        if let mute = change.mute { member.mute = mute }
        if let deaf = change.deaf { member.deaf = deaf }
        guard let target = change.voiceChannel else { return }
        guard granted.contains(.moveMembers) else { throw .missingPermissions }
        guard state != nil else { throw .notInVoice }
        guard let target else {
            leaveVoice(userID, in: guild.id)
            audit(.memberDisconnect, in: guild.id, by: actor, target: nil, options: ["count": "1"])
            return
        }
        let channel = try channel(target, seenBy: actor.id)
        guard channel.kind.isVoice, channel.guildID == guild.id else { throw .wrongChannelType }
        guard permissions(of: actor.id, in: channel).contains(.connect) else { throw .missingPermissions }
        guilds[guild.id]?.voiceStates[userID]?.channelID = target
        emitVoiceState(of: userID, in: guild.id)
        audit(
            .memberMove, in: guild.id, by: actor, target: nil, channel: target,
            options: ["channel_id": .id(target), "count": "1"])
    }

    /// A person goes into voice of their own.
    mutating func joinVoice(_ userID: Snowflake, in channelID: Snowflake) throws(APIError) {
        let channel = try channel(channelID, where: userID, has: .connect)
        guard channel.kind.isVoice else { throw .wrongChannelType }
        let isFirst = guilds[channel.guildID]?.voiceStates.values.contains { $0.channelID == channelID } == false
        let state = VoiceState(
            userID: userID, channelID: channelID, sessionID: Self.signature("\(userID)", "\(now.milliseconds)"),
            isSuppressed: channel.kind == .stage)
        guilds[channel.guildID]?.voiceStates[userID] = state
        record("voice.join", by: userID, target: userID, channel: channelID)
        if isFirst {
            channels[channelID]?.voiceStartedAt = now
            emit(
                "VOICE_CHANNEL_START_TIME_UPDATE", guild: channel.guildID,
                [
                    "id": .id(channelID), "guild_id": .id(channel.guildID),
                    "voice_start_time": .int(Int(now.milliseconds / 1000)),
                ])
        }
        emitVoiceState(of: userID, in: channel.guildID)
    }

    mutating func leaveVoice(_ userID: Snowflake, in guildID: Snowflake) {
        guard let state = guilds[guildID]?.voiceStates[userID] else { return }
        var data = wire(state, in: guildID)
        data["channel_id"] = .null
        guilds[guildID]?.voiceStates[userID] = nil
        record("voice.leave", by: userID, target: userID, channel: state.channelID)
        emit("VOICE_STATE_UPDATE", guild: guildID, data)
        guard guilds[guildID]?.voiceStates.values.contains(where: { $0.channelID == state.channelID }) == false else {
            return
        }
        channels[state.channelID]?.voiceStartedAt = nil
        emit(
            "VOICE_CHANNEL_START_TIME_UPDATE", guild: guildID,
            ["id": .id(state.channelID), "guild_id": .id(guildID), "voice_start_time": nil])
        if channels[state.channelID]?.voiceStatus != nil { setStatus(nil, of: state.channelID) }
    }

    mutating func emitVoiceState(of userID: Snowflake, in guildID: Snowflake) {
        guard let state = guilds[guildID]?.voiceStates[userID] else { return }
        emit("VOICE_STATE_UPDATE", guild: guildID, wire(state, in: guildID))
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#set-voice-channel-status> (500 characters)
    mutating func setVoiceStatus(_ status: String?, of channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try guildChannel(channelID, where: actor.id, has: .setVoiceStatus)
        guard channel.kind == .voice else { throw .wrongChannelType }
        // Someone who is not in the channel needs more.
        if guilds[channel.guildID]?.voiceStates[actor.id]?.channelID != channelID,
            !permissions(of: actor.id, in: channel).contains(.manageChannels)
        {
            throw .missingPermissions
        }
        let text = status?.isEmpty == true ? nil : status
        guard text != channel.voiceStatus else { return }
        setStatus(text, of: channelID)
        audit(
            text == nil ? .voiceStatusDelete : .voiceStatusUpdate, in: channel.guildID, by: actor, target: channelID,
            channel: channelID, options: ["status": .text(text), "channel_id": .id(channelID)])
    }

    private mutating func setStatus(_ status: String?, of channelID: Snowflake) {
        guard let channel = channels[channelID] else { return }
        channels[channelID]?.voiceStatus = status
        emit(
            "VOICE_CHANNEL_STATUS_UPDATE", guild: channel.guildID,
            ["id": .id(channelID), "guild_id": .id(channel.guildID), "status": .text(status)])
    }

    struct VoiceStateChange: Equatable, Sendable {
        var channelID: Snowflake?
        var isSuppressed: Bool?
        var asksToSpeakAt: Timestamp??
    }

    /// Speaking rights on a stage. Source: <https://discord.com/developers/docs/resources/voice#modify-user-voice-state>
    mutating func changeVoiceState(
        of userID: Snowflake, in guildID: Snowflake, by actor: Actor, _ change: VoiceStateChange
    ) throws(APIError) {
        let guild = try guild(guildID, seenBy: actor.id)
        guard var state = guild.voiceStates[userID] else { throw .unknownVoiceState }
        guard let channel = channels[state.channelID], channel.kind == .stage,
            change.channelID == nil || change.channelID == state.channelID
        else { throw .wrongChannelType }
        let granted = permissions(of: actor.id, in: channel)
        if let isSuppressed = change.isSuppressed {
            guard granted.contains(.muteMembers) || userID == actor.id && isSuppressed else {
                throw .missingPermissions
            }
            state.isSuppressed = isSuppressed
        }
        if let asks = change.asksToSpeakAt {
            guard userID == actor.id, asks == nil || granted.contains(.requestToSpeak) else {
                throw .missingPermissions
            }
            state.asksToSpeakAt = asks
        }
        guilds[guildID]?.voiceStates[userID] = state
        record("voice.state", by: actor.id, target: userID, channel: channel.id)
        emitVoiceState(of: userID, in: guildID)
    }
}
