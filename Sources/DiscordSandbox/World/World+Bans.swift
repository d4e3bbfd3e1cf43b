import Contracts

extension World {
    /// People who are not in the guild can be banned too; a second ban changes nothing.
    mutating func ban(
        _ userID: Snowflake, in guildID: Snowflake, by actor: Actor, deletingSeconds seconds: Int
    ) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.banMembers])
        guard users[userID] != nil else { throw .unknownUser }
        try requireRank(of: actor.id, above: userID, in: guild)
        guard userID != actor.id else { throw .missingPermissions }
        guard guild.bans[userID] == nil else { return }
        guilds[guildID]?.bans[userID] = Ban(userID: userID, reason: actor.reason)
        removeMember(userID, from: guildID)
        emit(
            "GUILD_BAN_ADD", guild: guildID, to: .holders(of: [.banMembers, .viewAuditLog]),
            ["guild_id": .id(guildID), "user": .object(wireUser(userID))])
        audit(.memberBanAdd, in: guildID, by: actor, target: userID)
        if seconds > 0 { forgetMessages(of: userID, in: guild, seconds: seconds) }
    }

    private mutating func forgetMessages(of userID: Snowflake, in guild: Guild, seconds: Int) {
        let since = Snowflake(unixMilliseconds: now.milliseconds - Int64(seconds) * 1000)
        for channelID in guild.channels.sorted() {
            let ids = (histories[channelID]?.since(since) ?? []).filter { $0.author.id == userID }.map(\.id)
            guard !ids.isEmpty else { continue }
            remove(ids, from: channelID)
            emit(
                "MESSAGE_DELETE_BULK", guild: guild.id, to: .readers(of: channelID),
                ["ids": .ids(ids), "channel_id": .id(channelID), "guild_id": .id(guild.id)])
        }
    }

    /// Those who could be banned, and those who could not (unknown, higher, or banned already).
    mutating func bulkBan(
        _ userIDs: [Snowflake], in guildID: Snowflake, by actor: Actor, deletingSeconds seconds: Int
    ) throws(APIError) -> (banned: [Snowflake], failed: [Snowflake]) {
        let guild = try guild(guildID, where: actor.id, has: [.banMembers, .manageGuild])
        var banned: [Snowflake] = []
        var failed: [Snowflake] = []
        for id in userIDs {
            do throws(APIError) {
                guard guild.bans[id] == nil, !banned.contains(id) else { throw .noneBanned }
                try ban(id, in: guildID, by: actor, deletingSeconds: seconds)
                banned.append(id)
            } catch {
                failed.append(id)
            }
        }
        guard !banned.isEmpty else { throw .noneBanned }
        return (banned, failed)
    }

    mutating func unban(_ userID: Snowflake, in guildID: Snowflake, by actor: Actor) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.banMembers])
        guard guild.bans[userID] != nil else { throw .unknownBan }
        guilds[guildID]?.bans[userID] = nil
        emit(
            "GUILD_BAN_REMOVE", guild: guildID, to: .holders(of: [.banMembers, .viewAuditLog]),
            ["guild_id": .id(guildID), "user": .object(wireUser(userID))])
        audit(.memberBanRemove, in: guildID, by: actor, target: userID)
    }
}
