public import Archive
public import Contracts
public import Discord

extension GuildView {
    /// What Discord's rules say about the bot there; nil while the bot's own member is not known.
    ///
    /// - Parameter parent: of a thread, whose overwrites are the parent's.
    public func botPermissions(in channel: ChannelRecord, parent: ChannelRecord?, now: Int64) -> Permissions? {
        guard let bot else { return nil }
        let ranks = roles.map {
            GuildRights.Rank(
                roleID: $0.id, position: $0.position, permissions: Permissions(rawValue: $0.permissions))
        }
        let rights = GuildRights(guildID: guild.id, ownerID: guild.ownerID, ranks: ranks)
        let standing = GuildRights.Standing(
            userID: bot.userID, roleIDs: bot.roleIDs, isTimedOut: bot.timedOutUntil.map { $0 > now } ?? false)
        let overwrites = (channel.isThread ? parent?.overwrites : channel.overwrites) ?? []
        return rights.permissions(
            of: standing,
            in: GuildRights.Place(
                type: ChannelType(rawValue: channel.type), overwrites: overwrites.map(PermissionOverwrite.init)))
    }

    /// The channels whose messages the bot is sent.
    public func visibleChannels(of channels: [ChannelRecord], now: Int64) -> Set<Snowflake> {
        let byID = Dictionary(channels.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let visible = channels.filter { channel in
            let parent = channel.parentID.flatMap { byID[$0] }
            return botPermissions(in: channel, parent: parent, now: now)?.contains(.viewChannel) ?? false
        }
        return Set(visible.map(\.id))
    }
}

extension PermissionOverwrite {
    init(_ record: OverwriteRecord) {
        self.init(
            id: record.id, type: Kind(rawValue: record.kind.rawValue), allow: Permissions(rawValue: record.allow),
            deny: Permissions(rawValue: record.deny))
    }
}
