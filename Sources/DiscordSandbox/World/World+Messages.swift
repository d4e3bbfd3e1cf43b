import Contracts

extension World {
    /// How long a nonce is remembered ("the past few minutes").
    /// Source: <https://discord.com/developers/docs/resources/message#create-message>
    static let nonceMemory: Double = 300

    /// Also gives back an earlier message when the nonce is enforced and was seen.
    mutating func createMessage(
        _ draft: MessageDraft, in channelID: Snowflake, by author: Message.Author
    ) throws(APIError) -> Message {
        guard let channel = channels[channelID] else { throw .unknownChannel }
        if case .user(let userID) = author { try checkSpeaking(userID, draft: draft, in: channel) }
        guard !draft.isEmpty else { throw .emptyMessage }
        let nonceKey = draft.nonce.flatMap { $0.string ?? $0.int.map { String($0) } }
            .map { NonceKey(author: author.id, nonce: $0) }
        if draft.enforcesNonce, let nonceKey, let seen = recentNonces[nonceKey],
            now - seen.at < Self.nonceMemory, let message = histories[seen.channelID]?[seen.messageID]
        {
            return message
        }
        let replied = try draft.reply.flatMap { reply throws(APIError) in
            try repliedMessage(reply, in: channel, by: author)
        }
        try noteSlowmode(author, in: channel)

        var message = Message(
            id: mintID(), channelID: channelID, guildID: channel.guildID, author: author, content: draft.content)
        message.embeds = draft.embeds
        message.attachments = draft.attachments
        message.components = draft.components
        message.flags = draft.flags
        message.nonce = draft.nonce
        message.poll = draft.poll
        if let replied {
            message.kind = .reply
            message.reference = Message.Reference(messageID: replied.id, channelID: channelID)
        }
        message.mentions = mentions(
            in: draft.content, allowed: draft.allowedMentions, channel: channel, author: author, replied: replied)
        if let nonceKey { recentNonces[nonceKey] = SeenNonce(channelID: channelID, messageID: message.id, at: now) }
        store(message, in: channel)
        record("message.create", by: author.id, target: message.id, channel: channelID, nonce: nonceKey?.nonce)
        return message
    }

    private func checkSpeaking(_ userID: Snowflake, draft: MessageDraft, in channel: Channel) throws(APIError) {
        let granted = permissions(of: userID, in: channel)
        guard granted.contains(.viewChannel) else { throw .missingAccess }
        guard channel.kind.holdsMessages else { throw .nonTextChannel }
        guard granted.contains(.sendMessages) else { throw .missingPermissions }
        if draft.reply != nil, !granted.contains(.readMessageHistory) { throw .replyNeedsHistory }
        if !draft.attachments.isEmpty, !granted.contains(.attachFiles) { throw .missingPermissions }
        if let thread = channel.thread, thread.isLocked, !granted.contains(.manageThreads) { throw .threadLocked }
    }

    private func repliedMessage(
        _ reply: MessageDraft.Reply, in channel: Channel, by author: Message.Author
    ) throws(APIError) -> Message? {
        if let message = histories[channel.id]?[reply.messageID] { return message }
        guard !reply.failsIfMissing else {
            throw .form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        }
        return nil
    }

    private mutating func noteSlowmode(_ author: Message.Author, in channel: Channel) throws(APIError) {
        guard case .user(let userID) = author, channel.slowmode > 0, users[userID]?.isBot == false,
            permissions(of: userID, in: channel).isDisjoint(with: [.bypassSlowmode, .manageChannels, .manageMessages])
        else { return }
        let key = SlowmodeKey(channel: channel.id, user: userID)
        if let last = lastSpoke[key], now - last < Double(channel.slowmode) { throw .slowmode }
        lastSpoke[key] = now
    }

    /// Puts a finished message into its channel and tells everyone: also system notices and seeded history come this way.
    mutating func store(_ message: Message, in channel: Channel) {
        histories[channel.id, default: History()][message.id] = message
        channels[channel.id]?.lastMessageID = message.id
        if channel.kind.isThread {
            channels[channel.id]?.thread?.messageCount += 1
            channels[channel.id]?.thread?.totalSent += 1
            if channel.thread?.isArchived == true { setArchived(false, thread: channel.id) }
        }
        emitMessage("MESSAGE_CREATE", message)
    }

    mutating func editMessage(
        _ id: Snowflake, in channelID: Snowflake, by userID: Snowflake, body: JSONObject, draft: MessageDraft
    ) throws(APIError) -> Message {
        let channel = try channel(channelID, seenBy: userID)
        var message = try message(id, in: channelID)
        if message.author.id != userID {
            // Others may only switch embeds off.
            guard body.members.allSatisfy({ $0.key == "flags" }), body.contains("flags") else {
                throw .otherUsersMessage
            }
            guard permissions(of: userID, in: channel).contains(.manageMessages) else { throw .missingPermissions }
        }
        guard message.poll == nil else { throw .pollNotEditable }
        if body.contains("content") { message.content = draft.content }
        if body.contains("embeds") { message.embeds = draft.embeds }
        if body.contains("components") { message.components = draft.components }
        if body.contains("flags") { message.flags = draft.flags }
        if let kept = body["attachments"]?.array {
            let ids = Set(kept.compactMap { $0["id"]?.snowflake })
            message.attachments =
                message.attachments.filter { $0["id"]?.snowflake.map(ids.contains) ?? false }
                + draft.attachments
        }
        guard
            !(message.content.isEmpty && message.embeds.isEmpty && message.attachments.isEmpty
                && message.components.isEmpty)
        else { throw .emptyMessage }
        if body.contains("content") || body.contains("embeds") || body.contains("attachments") {
            message.editedAt = now
        }
        message.mentions = mentions(
            in: message.content, allowed: draft.allowedMentions, channel: channel, author: message.author, replied: nil)
        histories[channelID]?[id] = message
        record("message.edit", by: userID, target: id, channel: channelID)
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
        remove([id], from: channelID)
        emit(
            "MESSAGE_DELETE", guild: channel.guildID, to: .readers(of: channelID),
            ["id": .id(id), "channel_id": .id(channelID), "guild_id": .id(channel.guildID)])
        if isOwn {
            record("message.delete", by: actor.id, target: id, channel: channelID, reason: actor.reason)
        } else {
            audit(
                .messageDelete, in: channel.guildID, by: actor, target: message.author.id, channel: channelID,
                options: ["channel_id": .id(channelID), "count": "1"])
        }
    }

    mutating func bulkDelete(_ ids: [Snowflake], in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try channel(channelID, where: actor.id, has: [.manageMessages])
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
        for id in ids { histories[channelID]?[id] = nil }
        let thread = channels[channelID]?.thread
        if let thread { channels[channelID]?.thread?.messageCount = max(0, thread.messageCount - ids.count) }
    }

    /// Newest first; without READ_MESSAGE_HISTORY an empty list and no error.
    func listMessages(in channelID: Snowflake, by userID: Snowflake, page: MessagePage) throws(APIError) -> [Message] {
        let channel = try channel(channelID, seenBy: userID)
        guard channel.kind.holdsMessages else { throw .nonTextChannel }
        guard permissions(of: userID, in: channel).contains(.readMessageHistory), let history = histories[channelID]
        else {
            return []
        }
        switch page.anchor {
        case .newest: return history.before(Snowflake(.max), limit: page.limit)
        case .before(let id): return history.before(id, limit: page.limit)
        case .after(let id): return history.after(id, limit: page.limit)
        case .around(let id):
            let older = history.before(id, limit: page.limit / 2)
            let newer = history.after(id, limit: max(0, page.limit - page.limit / 2 - 1))
            return newer + (history[id].map { [$0] } ?? []) + older
        }
    }
}

struct MessagePage: Equatable, Sendable {
    enum Anchor: Equatable, Sendable { case newest, before(Snowflake), after(Snowflake), around(Snowflake) }
    let anchor: Anchor
    let limit: Int
}
