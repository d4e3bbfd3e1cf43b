internal import Contracts
internal import GRDB

/// Applies mutations inside one transaction.
struct MutationWriter {
    let database: Database
    /// Of the session that brings the mutations.
    let epoch: Int64

    var coverage: CoverageTable { CoverageTable(database: database) }

    func apply(_ mutation: ArchiveMutation) throws {
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
        case .channelsHidden(let channels): try coverage.close(channels: channels, epoch: epoch)

        case .role(let role): try save(role)
        case .roleRemoved(_, let role): try database.run("DELETE FROM roles WHERE id = ?", [role.stored])

        case .member(let member): try save(member)
        case .memberRemoved(let guild, let user):
            try database.run(
                "DELETE FROM members WHERE guild_id = ? AND user_id = ?", [guild.stored, user.stored])

        case .messageCreated(let message):
            try save(message)
            try coverage.open(from: message.id.rawValue, channel: message.channelID, epoch: epoch)
        case .messageUpdated(let message): try save(message)
        case .messagesDeleted(let ids, let channel, let guild, let time):
            for id in ids { try markDeleted(id, channel: channel, guild: guild, at: time) }
        }
    }
}
