public import Archive
public import Contracts
public import Discord

extension MessageRecord {
    /// Nil for a message without an author, which Discord does not send for messages in guilds.
    ///
    /// - Parameter json: Discord's object as it came.
    public init?(_ message: Message, guildID: Snowflake, json: [UInt8]) {
        guard let author = message.author else { return nil }
        self.init(
            id: message.id, channelID: message.channelID, guildID: guildID, authorID: author.id,
            authorName: message.member?.nick ?? author.displayName,
            authorIsBot: author.bot ?? (message.webhookID != nil), content: message.content ?? "",
            editedAt: message.editedTimestamp?.unixMilliseconds, type: message.type?.rawValue ?? 0,
            isPinned: message.pinned ?? false, hasAttachments: !(message.attachments ?? []).isEmpty,
            hasEmbeds: !(message.embeds ?? []).isEmpty, replyTo: message.replyTo,
            // A page of Discord's leaves the member out where there are none.
            reactions: (message.reactions ?? []).compactMap(ReactionRecord.init), json: json)
    }

    /// - Parameter json: Discord's object as it came.
    init(_ message: ArrivedMessage, author: User, guildID: Snowflake, json: [UInt8]) {
        self.init(
            id: message.id, channelID: message.channelID, guildID: guildID, authorID: author.id,
            authorName: message.nick ?? author.displayName,
            authorIsBot: author.bot ?? (message.webhookID != nil), content: message.content,
            editedAt: message.editedTimestamp?.unixMilliseconds, type: message.type.rawValue,
            isPinned: message.isPinned, hasAttachments: message.hasAttachments, hasEmbeds: message.hasEmbeds,
            replyTo: message.replyTo, reactions: message.reactions?.compactMap(ReactionRecord.init), json: json)
    }
}

extension EmojiRecord {
    init(_ emoji: Emoji) {
        self.init(id: emoji.id, name: emoji.name ?? "")
    }
}

extension ReactionRecord {
    /// Nil for a reaction without an emoji, which says nothing.
    init?(_ reaction: Reaction) {
        guard let emoji = reaction.emoji, let count = reaction.count else { return nil }
        self.init(emoji: EmojiRecord(emoji), count: count)
    }
}

extension Message {
    /// A forward has a reference too, but is no reply.
    fileprivate var replyTo: Snowflake? {
        messageReference.flatMap { $0.type ?? 0 == 0 ? $0.messageID : nil }
    }
}

extension ChannelRecord {
    public init(_ channel: Channel, guildID: Snowflake) {
        self.init(
            id: channel.id, guildID: guildID, parentID: channel.parentID, name: channel.name ?? "",
            type: channel.type?.rawValue ?? 0, topic: channel.topic, isNSFW: channel.nsfw ?? false,
            slowmodeSeconds: channel.rateLimitPerUser ?? 0, position: channel.position ?? 0,
            isArchived: channel.threadMetadata?.archived ?? false,
            isLocked: channel.threadMetadata?.locked ?? false, lastMessageID: channel.lastMessageID,
            lastPinAt: channel.lastPinTimestamp?.unixMilliseconds,
            overwrites: (channel.permissionOverwrites ?? []).compactMap(OverwriteRecord.init))
    }
}

extension OverwriteRecord {
    init?(_ overwrite: PermissionOverwrite) {
        guard let kind = Kind(rawValue: overwrite.type.rawValue) else { return nil }
        self.init(id: overwrite.id, kind: kind, allow: overwrite.allow.rawValue, deny: overwrite.deny.rawValue)
    }
}

extension RoleRecord {
    init(_ role: Role, guildID: Snowflake) {
        self.init(
            id: role.id, guildID: guildID, name: role.name ?? "", position: role.position ?? 0,
            permissions: role.permissions?.rawValue ?? 0)
    }
}

extension MemberRecord {
    /// Nil for a member without a user, as messages carry it.
    public init?(_ member: Member, guildID: Snowflake) {
        guard let user = member.user else { return nil }
        self.init(
            guildID: guildID, userID: user.id, name: member.nick ?? user.displayName,
            username: user.username, isBot: user.bot ?? false,
            roleIDs: member.roles ?? [], timedOutUntil: member.communicationDisabledUntil?.unixMilliseconds,
            joinedAt: member.joinedAt?.unixMilliseconds)
    }
}
