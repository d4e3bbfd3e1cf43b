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
