import Contracts

extension World {
    mutating func editMessage(
        _ id: Snowflake, in channelID: Snowflake, by userID: Snowflake, body: JSONObject, draft: MessageDraft
    ) throws(APIError) -> Message {
        let channel = try channel(channelID, seenBy: userID)
        let old = try message(id, in: channelID)
        if old.author.id != userID {
            // Others may only switch embeds off.
            guard body.members.allSatisfy({ $0.key == "flags" }), body.contains("flags") else {
                throw .otherUsersMessage
            }
            guard permissions(of: userID, in: channel).contains(.manageMessages) else { throw .missingPermissions }
        }
        return try replace(old, by: .user(userID), body: body, draft: draft, in: channel)
    }

    /// The edit of someone who may, webhooks included.
    mutating func replace(
        _ old: Message, by editor: Message.Author, body: JSONObject, draft: MessageDraft, in channel: Channel
    ) throws(APIError) -> Message {
        var message = old
        guard message.poll == nil else { throw .pollNotEditable }
        guard message.kind.isSpeech else { throw .systemMessage }
        if channel.thread?.isArchived == true { throw .archivedThread }
        if body.contains("content") { message.content = draft.content }
        if body.contains("embeds") { message.embeds = draft.embeds }
        if body.contains("components") { message.components = draft.components }
        if body.contains("flags") {
            guard old.flags & MessageDraft.componentsV2 == 0 || draft.flags & MessageDraft.componentsV2 != 0 else {
                throw .form("flags", "MESSAGE_FLAGS_CANNOT_UNSET", "IS_COMPONENTS_V2 cannot be unset")
            }
            let settable = 1 << 2 | MessageDraft.componentsV2
            message.flags = old.flags & ~settable | draft.flags & settable
        }
        if let kept = body["attachments"]?.array {
            let ids = Set(kept.compactMap { $0["id"]?.snowflake })
            message.attachments =
                message.attachments.filter { $0["id"]?.snowflake.map(ids.contains) ?? false } + draft.attachments
        }
        guard !message.isEmpty else { throw .emptyMessage }
        if ["content", "embeds", "attachments", "components"].contains(where: body.contains) { message.editedAt = now }
        if body.contains("content") || draft.allowedMentions != nil {
            message.mentions = mentions(
                in: message.content, allowed: draft.allowedMentions, channel: channel, author: message.author,
                replied: nil)
        }
        try moderateAutomatically(message, in: channel)
        histories[channel.id]?[message.id] = message
        record("message.edit", by: editor.id, target: message.id, channel: channel.id)
        emitMessage("MESSAGE_UPDATE", message)
        return message
    }

    mutating func deleteMessage(_ id: Snowflake, in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try channel(channelID, seenBy: actor.id)
        let message = try message(id, in: channelID)
        let isOwn = message.author.id == actor.id
        guard isOwn || permissions(of: actor.id, in: channel).contains(.manageMessages) else {
            throw .missingPermissions
        }
        guard message.kind.isDeletable else { throw .systemMessage }
        forget(message)
        if isOwn {
            record("message.delete", by: actor.id, target: id, channel: channelID, reason: actor.reason)
        } else {
            audit(
                .messageDelete, in: channel.guildID, by: actor, target: message.author.id, channel: channelID,
                options: ["channel_id": .id(channelID), "count": "1"])
        }
    }

    /// Removes a message and says so.
    mutating func forget(_ message: Message) {
        remove([message.id], from: message.channelID)
        var data: JSONObject = ["id": .id(message.id), "channel_id": .id(message.channelID)]
        if message.guildID != .none { data["guild_id"] = .id(message.guildID) }
        emit("MESSAGE_DELETE", guild: message.guildID, to: .readers(of: message.channelID), data)
    }

    mutating func bulkDelete(_ ids: [Snowflake], in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try guildChannel(channelID, where: actor.id, has: [.manageMessages])
        let oldest = Snowflake(unixMilliseconds: now.milliseconds - 14 * 86_400_000)
        guard ids.allSatisfy({ $0 >= oldest }) else { throw .bulkTooOld }
        let found = ids.filter { histories[channelID]?[$0] != nil }
        guard !found.isEmpty else { return }
        remove(found, from: channelID)
        emit(
            "MESSAGE_DELETE_BULK", guild: channel.guildID, to: .readers(of: channelID),
            ["ids": .ids(found), "channel_id": .id(channelID), "guild_id": .id(channel.guildID)])
        audit(
            .messageBulkDelete, in: channel.guildID, by: actor, target: channelID, channel: channelID,
            options: ["count": .string(String(found.count))])
    }

    mutating func remove(_ ids: [Snowflake], from channelID: Snowflake) {
        for id in ids {
            for attachment in histories[channelID]?[id]?.attachments ?? [] {
                if let path = attachment["path"]?.string { files[path] = nil }
            }
            histories[channelID]?[id] = nil
            openPolls[id] = nil
        }
        let thread = channels[channelID]?.thread
        if let thread { channels[channelID]?.thread?.messageCount = max(0, thread.messageCount - ids.count) }
    }

    /// Source: <https://discord.com/developers/docs/resources/message#crosspost-message>
    mutating func crosspost(_ id: Snowflake, in channelID: Snowflake, by actor: Actor) throws(APIError) -> Message {
        let channel = try guildChannel(channelID, where: actor.id, has: .sendMessages)
        guard channel.kind == .announcement else { throw .wrongChannelType }
        var message = try message(id, in: channelID)
        guard message.kind == .plain else { throw .systemMessage }
        guard message.author.id == actor.id || permissions(of: actor.id, in: channel).contains(.manageMessages) else {
            throw .missingPermissions
        }
        guard message.flags & 1 == 0 else { throw .alreadyCrossposted }
        message.flags |= 1
        histories[channelID]?[id] = message
        record("message.crosspost", by: actor.id, target: id, channel: channelID)
        emitMessage("MESSAGE_UPDATE", message)
        for hook in webhooks.values.filter({ $0.source?.channelID == channelID }).sorted(by: { $0.id < $1.id }) {
            guard let target = channels[hook.channelID] else { continue }
            var copy = Message(
                id: mintID(), channelID: target.id, guildID: target.guildID,
                author: .webhook(hook.id, name: hook.name, avatar: hook.avatar), content: message.content)
            copy.embeds = message.embeds
            copy.attachments = message.attachments
            copy.flags = 1 << 1
            copy.reference = Message.Reference(messageID: id, channelID: channelID, guildID: channel.guildID)
            store(copy, in: target)
        }
        return message
    }
}
