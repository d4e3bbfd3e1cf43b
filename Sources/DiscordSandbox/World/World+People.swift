import Contracts

/// What people do of themselves, outside the API: the trickle and `/sandbox/messages`.
extension World {
    /// A person's message: the same checks and events as any other message.
    mutating func say(
        _ content: String, as userID: Snowflake, in channelID: Snowflake, replyingTo replied: Snowflake? = nil
    ) throws(APIError) -> Message {
        guard users[userID] != nil else { throw .unknownUser }
        var draft = MessageDraft(content: content)
        draft.reply = replied.map { MessageDraft.Reply(messageID: $0, failsIfMissing: true) }
        return try createMessage(draft, in: channelID, by: .user(userID))
    }

    /// Someone says to come to an event, or not to.
    mutating func setGuest(
        _ userID: Snowflake, isComing: Bool, to eventID: Snowflake, in guildID: Snowflake
    ) throws(APIError) {
        guard guilds[guildID]?.scheduledEvents[eventID] != nil else { throw .unknownEvent }
        guard (guilds[guildID]?.eventGuests[eventID]?.contains(userID) ?? false) != isComing else { return }
        guilds[guildID]?.eventGuests[eventID, default: []].removeAll { $0 == userID }
        if isComing { guilds[guildID]?.eventGuests[eventID, default: []].append(userID) }
        record(isComing ? "scheduled_event.join" : "scheduled_event.leave", by: userID, target: eventID)
        emit(
            isComing ? "GUILD_SCHEDULED_EVENT_USER_ADD" : "GUILD_SCHEDULED_EVENT_USER_REMOVE", guild: guildID,
            ["guild_scheduled_event_id": .id(eventID), "user_id": .id(userID), "guild_id": .id(guildID)])
    }

    /// A user joins; one who is banned can not.
    mutating func join(_ userID: Snowflake, _ guildID: Snowflake) throws(APIError) {
        guard let guild = guilds[guildID] else { throw .unknownGuild }
        guard users[userID] != nil else { throw .unknownUser }
        guard guild.bans[userID] == nil else {
            throw APIError(status: 403, code: 40007, message: "The user is banned from this guild.")
        }
        guard guild.members[userID] == nil else { return }
        let member = Member(userID: userID, joinedAt: now)
        guilds[guildID]?.members[userID] = member
        var data = wire(member)
        data["guild_id"] = .id(guildID)
        emit("GUILD_MEMBER_ADD", guild: guildID, data)
        record("member.join", by: userID, target: userID)
    }
}
