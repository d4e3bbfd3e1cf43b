import Contracts

extension World {
    /// Source: <https://discord.com/developers/docs/resources/message#create-reaction>
    static let mostReactionKinds = 20
    /// Source: <https://discord.com/developers/docs/resources/message#pin-message>
    static let mostPins = 250

    mutating func addReaction(
        _ emoji: Message.Emoji, to id: Snowflake, in channelID: Snowflake, by userID: Snowflake
    ) throws(APIError) {
        let channel = try channel(channelID, where: userID, has: [.readMessageHistory])
        let emoji = try known(emoji, by: userID, in: channel)
        var message = try message(id, in: channelID)
        if channel.thread?.isArchived == true { throw .archivedThread }
        if let index = message.reactions.firstIndex(where: { $0.emoji == emoji }) {
            guard !message.reactions[index].users.contains(userID) else { return }
            message.reactions[index].users.append(userID)
        } else {
            guard permissions(of: userID, in: channel).contains(.addReactions) else { throw .missingPermissions }
            guard message.reactions.count < Self.mostReactionKinds else { throw .reactionLimit }
            message.reactions.append(Message.Reaction(emoji: emoji, users: [userID]))
        }
        histories[channelID]?[id] = message
        record("reaction.add", by: userID, target: id, channel: channelID)
        var data = reactionEvent(message, emoji, by: userID)
        if !message.author.isWebhook { data["message_author_id"] = .id(message.author.id) }
        data["member"] = guilds[channel.guildID]?.members[userID].map { .object(wire($0)) }
        emit("MESSAGE_REACTION_ADD", guild: channel.guildID, to: .readers(of: channelID), data)
    }

    mutating func removeReaction(
        _ emoji: Message.Emoji, of target: Snowflake, from id: Snowflake, in channelID: Snowflake, by userID: Snowflake
    ) throws(APIError) {
        let channel = try channel(channelID, where: userID, has: target == userID ? [] : [.manageMessages])
        var message = try message(id, in: channelID)
        guard let index = message.reactions.firstIndex(where: { $0.emoji == emoji }) else { throw .unknownEmoji }
        guard message.reactions[index].users.contains(target) else { return }
        message.reactions[index].users.removeAll { $0 == target }
        message.reactions.removeAll { $0.users.isEmpty && $0.burstUsers.isEmpty }
        histories[channelID]?[id] = message
        record("reaction.remove", by: userID, target: id, channel: channelID)
        emit(
            "MESSAGE_REACTION_REMOVE", guild: channel.guildID, to: .readers(of: channelID),
            reactionEvent(message, emoji, by: target))
    }

    /// All reactions, or all of one emoji.
    mutating func clearReactions(
        _ emoji: Message.Emoji?, from id: Snowflake, in channelID: Snowflake, by userID: Snowflake
    ) throws(APIError) {
        let channel = try channel(channelID, where: userID, has: [.manageMessages])
        var message = try message(id, in: channelID)
        message.reactions.removeAll { emoji == nil || $0.emoji == emoji }
        histories[channelID]?[id] = message
        record("reaction.clear", by: userID, target: id, channel: channelID)
        var data: JSONObject = ["channel_id": .id(channelID), "message_id": .id(id)]
        if channel.guildID != .none { data["guild_id"] = .id(channel.guildID) }
        data["emoji"] = emoji?.json
        emit(
            emoji == nil ? "MESSAGE_REACTION_REMOVE_ALL" : "MESSAGE_REACTION_REMOVE_EMOJI", guild: channel.guildID,
            to: .readers(of: channelID), data)
    }

    private func reactionEvent(_ message: Message, _ emoji: Message.Emoji, by userID: Snowflake) -> JSONObject {
        var data: JSONObject = [
            "user_id": .id(userID), "channel_id": .id(message.channelID), "message_id": .id(message.id),
            "emoji": emoji.json, "burst": false, "type": 0,
        ]
        if message.guildID != .none { data["guild_id"] = .id(message.guildID) }
        return data
    }

    /// A Unicode emoji, or a custom one that is there and may be used.
    private func known(
        _ emoji: Message.Emoji, by userID: Snowflake, in channel: Channel
    ) throws(APIError) -> Message.Emoji {
        guard let id = emoji.id else { return emoji }
        guard let home = guilds.values.first(where: { $0.emojis[id] != nil }), let custom = home.emojis[id] else {
            throw .unknownEmoji
        }
        guard home.id == channel.guildID || permissions(of: userID, in: channel).contains(.useExternalEmojis) else {
            throw .missingPermissions
        }
        return Message.Emoji(
            id: id, name: custom["name"]?.string ?? emoji.name, isAnimated: custom["animated"]?.bool ?? false)
    }

    /// Newest pin first.
    func pins(in channelID: Snowflake) -> [Message] {
        (histories[channelID]?.pinned ?? [])
            .sorted { ($0.pinnedAt ?? now, $0.id) > ($1.pinnedAt ?? now, $1.id) }
    }

    mutating func setPinned(
        _ pinned: Bool, _ id: Snowflake, in channelID: Snowflake, by actor: Actor
    ) throws(APIError) {
        let channel = try channel(channelID, where: actor.id, has: [.pinMessages])
        var message = try message(id, in: channelID)
        guard (message.pinnedAt != nil) != pinned else { return }
        guard message.kind.isSpeech else { throw .systemMessage }
        if channel.thread?.isArchived == true { throw .archivedThread }
        if pinned, pins(in: channelID).count >= Self.mostPins { throw .pinLimit }
        message.pinnedAt = pinned ? now : nil
        histories[channelID]?[id] = message
        let newest = pins(in: channelID).first?.pinnedAt
        channels[channelID]?.lastPinAt = newest
        var data: JSONObject = ["channel_id": .id(channelID), "last_pin_timestamp": .time(newest)]
        if channel.guildID != .none { data["guild_id"] = .id(channel.guildID) }
        emit("CHANNEL_PINS_UPDATE", guild: channel.guildID, to: .readers(of: channelID), data)
        emitMessage("MESSAGE_UPDATE", message)
        audit(
            pinned ? .messagePin : .messageUnpin, in: channel.guildID, by: actor, target: message.author.id,
            channel: channelID, options: ["channel_id": .id(channelID), "message_id": .id(id)])
        if pinned {
            var notice = Message(
                id: mintID(), channelID: channelID, guildID: channel.guildID, author: .user(actor.id),
                kind: .pinNotice, content: "")
            notice.reference = Message.Reference(messageID: id, channelID: channelID)
            store(notice, in: channel)
        }
    }
}
