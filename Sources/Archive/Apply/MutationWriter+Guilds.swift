internal import Contracts
internal import GRDB

extension MutationWriter {
    func replace(_ snapshot: GuildSnapshot) throws {
        let id = snapshot.guild.id.stored
        try save(snapshot.guild)
        try database.run("DELETE FROM roles WHERE guild_id = ?", [id])
        for role in snapshot.roles { try save(role) }
        try removeChannels(of: snapshot.guild.id, except: snapshot.channels)
        for channel in snapshot.channels {
            try save(channel)
            if snapshot.visibleChannels.contains(channel.id) { try follow(channel) }
        }
        for member in snapshot.members { try save(member) }
    }

    /// A channel that is gone since the last snapshot was deleted unseen. Threads are left out of a snapshot when they
    /// are archived, so a thread stays as long as its channel does.
    private func removeChannels(of guild: Snowflake, except kept: [ChannelRecord]) throws {
        let gone = try database.rows(
            """
            SELECT id FROM channels WHERE guild_id = ? AND type NOT BETWEEN ? AND ?
            AND id NOT IN (SELECT value FROM json_each(?))
            """,
            [
                guild.stored, ChannelRecord.threadTypes.lowerBound, ChannelRecord.threadTypes.upperBound,
                kept.map(\.id).storedList,
            ])
        for row in gone { try removeChannel(row.snowflake("id")) }
    }

    func save(_ guild: GuildRecord) throws {
        try database.run(
            "INSERT OR REPLACE INTO guilds (id, name, owner_id, member_count, unavailable) VALUES (?, ?, ?, ?, ?)",
            [guild.id.stored, guild.name, guild.ownerID.stored, guild.memberCount, guild.isUnavailable])
    }

    /// Messages of an outage may never be sent, so live coverage ends.
    func markUnavailable(_ id: Snowflake) throws {
        try database.run("UPDATE guilds SET unavailable = 1 WHERE id = ?", [id.stored])
        let channels = try database.rows("SELECT id FROM channels WHERE guild_id = ?", [id.stored])
        try coverage.close(channels: channels.map { $0.snowflake("id") }, epoch: epoch)
    }

    /// Which shard serves a guild is Discord's formula.
    /// Source: <https://discord.com/developers/docs/events/gateway#sharding>
    func removeGuilds(ofShard shard: Int, of count: Int, except kept: [Snowflake]) throws {
        let gone = try database.rows(
            """
            SELECT id FROM guilds WHERE (id >> 22) % ? = ? AND id NOT IN (SELECT value FROM json_each(?))
            """, [max(1, count), shard, kept.storedList])
        for row in gone { try removeGuild(row.snowflake("id")) }
    }

    func removeGuild(_ id: Snowflake) throws {
        let guild: StatementArguments = [id.stored]
        try database.run(
            "DELETE FROM coverage WHERE channel_id IN (SELECT id FROM channels WHERE guild_id = ?)", guild)
        try database.run(
            "DELETE FROM overwrites WHERE channel_id IN (SELECT id FROM channels WHERE guild_id = ?)", guild)
        for table in ["messages", "channels", "roles", "members", "bans"] {
            try database.run("DELETE FROM \(table) WHERE guild_id = ?", guild)
        }
        try database.run("DELETE FROM guilds WHERE id = ?", guild)
    }

    func save(_ role: RoleRecord) throws {
        try database.run(
            "INSERT OR REPLACE INTO roles (id, guild_id, name, position, permissions) VALUES (?, ?, ?, ?, ?)",
            [
                role.id.stored, role.guildID.stored, role.name, role.position,
                Int64(bitPattern: role.permissions),
            ])
    }
}
