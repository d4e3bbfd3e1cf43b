internal import Contracts
internal import GRDB

/// Applies mutations inside one transaction.
struct MutationWriter {
    let database: Database
    /// Of the session that brings the mutations.
    let epoch: Int64
    private let sight: Archive.ChannelSight
    /// Channels whose live coverage is open for certain: a batch is mostly new messages of few channels.
    private var open: Set<Snowflake> = []

    init(database: Database, epoch: Int64, sight: @escaping Archive.ChannelSight = { _, _ in [] }) {
        self.database = database
        self.epoch = epoch
        self.sight = sight
    }

    var coverage: CoverageTable { CoverageTable(database: database) }

    mutating func apply(_ mutation: ArchiveMutation) throws {
        if mutation.mayCloseCoverage { open = [] }
        switch mutation {
        case .identity(let bot):
            try database.run(
                "INSERT OR REPLACE INTO bot (id, user_id, name) VALUES (0, ?, ?)", [bot.userID.stored, bot.name])

        case .guildsOfShard(let guilds, let shard, let count):
            try removeGuilds(ofShard: shard, of: count, except: guilds)
        case .guild(let snapshot): try replace(snapshot)
        case .guildUpdated(let guild, let name, let owner):
            try database.run(
                "UPDATE guilds SET name = ?, owner_id = ? WHERE id = ?", [name, owner.stored, guild.stored])
        case .guildUnavailable(let id): try markUnavailable(id)
        case .guildRemoved(let id): try removeGuild(id)
        case .memberCountChanged(let guild, let change):
            try database.run(
                "UPDATE guilds SET member_count = max(0, member_count + ?) WHERE id = ?", [change, guild.stored])

        case .channel(let channel, let isVisible):
            try save(channel)
            if isVisible { try follow(channel) }
        case .channelRemoved(let id): try removeChannel(id)
        case .threads(let guild, let parents, let threads): try replaceThreads(guild, parents: parents, with: threads)
        case .rightsChanged(let guild): try hideChannels(of: guild)
        case .pinsChanged(let channel, let time):
            try database.run("UPDATE channels SET last_pin_at = ? WHERE id = ?", [time, channel.stored])

        case .role(let role): try save(role)
        case .roleRemoved(_, let role): try database.run("DELETE FROM roles WHERE id = ?", [role.stored])

        case .member(let member): try save(member)
        case .memberRemoved(let guild, let user, let time): try markLeft(guild, user: user, at: time)
        case .banned(let ban): try save(ban)
        case .banExplained(let ban): try explain(ban)
        case .unbanned(let guild, let user):
            try database.run("DELETE FROM bans WHERE guild_id = ? AND user_id = ?", [guild.stored, user.stored])

        case .messageCreated(let message):
            try save(message)
            if open.insert(message.channelID).inserted {
                try coverage.open(from: message.id.rawValue, channel: message.channelID, epoch: epoch)
            }
        case .messageUpdated(let message):
            try save(message)
            if let reactions = message.reactions { try replaceReactions(of: message.id, with: reactions) }
        case .messagesDeleted(let ids, let channel, let guild, let time):
            for id in ids { try markDeleted(id, channel: channel, guild: guild, at: time) }
        case .reactionAdded(let emoji, let message, let user): try addReaction(emoji, to: message, by: user)
        case .reactionRemoved(let emoji, let message, let user): try removeReaction(emoji, from: message, by: user)
        case .reactionsCleared(let message, let emoji): try clearReactions(of: message, emoji: emoji)
        case .pollVoted(let answer, let message, let user, let isGiven):
            try vote(answer, in: message, by: user, isGiven: isGiven)
        }
    }

    /// Messages of a channel that the bot may no longer see do not come: its coverage ends here.
    private func hideChannels(of guild: Snowflake) throws {
        guard let view = try GuildView.load(guild, database) else { return }
        let channels = try ChannelRecord.load(guild: guild, database)
        let visible = sight(view, channels)
        let hidden = channels.map(\.id).filter { !visible.contains($0) }
        if !hidden.isEmpty { try coverage.close(channels: hidden, epoch: epoch) }
    }
}

extension ArchiveMutation {
    fileprivate var mayCloseCoverage: Bool {
        switch self {
        case .messageCreated, .messageUpdated, .messagesDeleted, .reactionAdded, .reactionRemoved, .reactionsCleared,
            .pollVoted, .member, .memberRemoved, .memberCountChanged, .banned, .banExplained, .unbanned, .pinsChanged:
            false
        default: true
        }
    }
}
