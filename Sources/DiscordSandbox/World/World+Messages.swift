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
        let forwarded = try draft.forward.map { forward throws(APIError) in try forwardedMessage(forward, by: author) }
        try noteSlowmode(author, in: channel)

        var message = Message(
            id: mintID(), channelID: channelID, guildID: channel.guildID, author: author, content: draft.content)
        message.embeds = draft.embeds
        message.attachments = draft.attachments
        message.components = draft.components
        message.stickers = try stickerItems(draft.stickerIDs, for: author, in: channel)
        message.flags = draft.flags
        message.isSpoken = draft.isSpoken
        message.nonce = draft.nonce
        message.poll = draft.poll
        if let replied {
            message.kind = .reply
            message.reference = Message.Reference(messageID: replied.id, channelID: channelID)
        } else if let forwarded {
            message.reference = Message.Reference(
                messageID: forwarded.id, channelID: forwarded.channelID, guildID: forwarded.guildID, isForward: true)
            message.snapshots = [snapshot(of: forwarded)]
            message.flags |= 1 << 14
        }
        let unsaid: AllowedMentions = author.isWebhook ? .people : .all
        message.mentions = mentions(
            in: draft.content, allowed: draft.allowedMentions ?? unsaid, channel: channel, author: author,
            replied: replied)
        try moderateAutomatically(message, in: channel)
        if let nonceKey { recentNonces[nonceKey] = SeenNonce(channelID: channelID, messageID: message.id, at: now) }
        if let poll = message.poll, !poll.isFinalized { openPolls[message.id] = channelID }
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
        if draft.isSpoken, !granted.contains(.sendTTS) { throw .missingPermissions }
        if draft.poll != nil, !granted.contains(.sendPolls) { throw .missingPermissions }
        if let thread = channel.thread, thread.isLocked, !granted.contains(.manageThreads) { throw .threadLocked }
        guard channel.kind == .directMessage else { return }
        let others = channel.recipients.filter { $0 != userID }
        guard !others.contains(where: { users[$0]?.isClosed == true || !shareGuild($0, userID) }) else {
            throw .cannotMessageUser
        }
    }

    private func repliedMessage(
        _ reply: MessageDraft.Reply, in channel: Channel, by author: Message.Author
    ) throws(APIError) -> Message? {
        if let message = histories[channel.id]?[reply.messageID] {
            guard message.kind.isSpeech || message.kind == .threadStarter else {
                throw .form(
                    "message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
            }
            return message
        }
        guard !reply.failsIfMissing else {
            throw .form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        }
        return nil
    }

    /// Source: <https://discord.com/developers/docs/resources/message#message-reference-types>
    private func forwardedMessage(
        _ forward: MessageDraft.Forward, by author: Message.Author
    ) throws(APIError) -> Message {
        let channel = try channel(forward.channelID, where: author.id, has: .readMessageHistory)
        let message = try message(forward.messageID, in: channel.id)
        guard message.kind.isSpeech, message.poll == nil else {
            throw .form("message_reference", "MESSAGE_REFERENCE_CANNOT_FORWARD", "This message cannot be forwarded")
        }
        guard readsContent(of: message, author.id) else { throw .unreadableForward }
        return message
    }

    private func snapshot(of message: Message) -> JSONValue {
        let whole = wire(message, to: nil)
        var copy: JSONObject = [:]
        for name in [
            "type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions",
            "mention_roles", "components",
        ] { copy[name] = whole[name] }
        return ["message": .object(copy)]
    }

    private func stickerItems(
        _ ids: [Snowflake], for author: Message.Author, in channel: Channel
    ) throws(APIError) -> [JSONValue] {
        var items: [JSONValue] = []
        for id in ids {
            guard let home = guilds.values.first(where: { $0.stickers[id] != nil }), let sticker = home.stickers[id]
            else { throw .unknownSticker }
            if home.id != channel.guildID, case .user(let user) = author,
                !permissions(of: user, in: channel).contains(.useExternalStickers)
            {
                throw .missingPermissions
            }
            items.append([
                "id": .id(id), "name": sticker["name"] ?? .null, "format_type": sticker["format_type"] ?? 1,
            ])
        }
        return items
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
            channels[channel.id]?.thread?.lastActiveAt = now
            if channel.thread?.isArchived == true { setArchived(false, thread: channel.id) }
        }
        emitMessage("MESSAGE_CREATE", message)
    }
}
