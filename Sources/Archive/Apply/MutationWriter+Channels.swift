internal import Contracts
internal import GRDB

extension MutationWriter {
    func save(_ channel: ChannelRecord) throws {
        try database.run(
            """
            INSERT OR REPLACE INTO channels (id, guild_id, parent_id, name, type, topic, nsfw, slowmode, position,
                archived, locked, last_message_id, last_pin_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                channel.id.stored, channel.guildID.stored, channel.parentID?.stored, channel.name, channel.type,
                channel.topic, channel.isNSFW, channel.slowmodeSeconds, channel.position, channel.isArchived,
                channel.isLocked, channel.lastMessageID?.stored, channel.lastPinAt,
            ])
        try database.run("DELETE FROM overwrites WHERE channel_id = ?", [channel.id.stored])
        for overwrite in channel.overwrites {
            try database.run(
                "INSERT OR REPLACE INTO overwrites (channel_id, target_id, kind, allow, deny) VALUES (?, ?, ?, ?, ?)",
                [
                    channel.id.stored, overwrite.id.stored, overwrite.kind.rawValue,
                    Int64(bitPattern: overwrite.allow), Int64(bitPattern: overwrite.deny),
                ])
        }
    }

    /// Everything above the channel's last message will come by the live session.
    func follow(_ channel: ChannelRecord) throws {
        try coverage.open(
            from: channel.lastMessageID.map { $0.rawValue + 1 } ?? 0, channel: channel.id, epoch: epoch)
    }

    func removeChannel(_ id: Snowflake) throws {
        let family = try database.rows(
            "SELECT id FROM channels WHERE id = ?1 OR (parent_id = ?1 AND type BETWEEN ?2 AND ?3)",
            [id.stored, ChannelRecord.threadTypes.lowerBound, ChannelRecord.threadTypes.upperBound])
        for row in family {
            let channel: StatementArguments = [row["id"] as Int64]
            try database.run("DELETE FROM overwrites WHERE channel_id = ?", channel)
            try database.run("DELETE FROM channels WHERE id = ?", channel)
            // When it happened is not told: the time of the last message that was known is not later than it.
            try database.run(
                "UPDATE messages SET deleted_at = (id >> 22) + \(Snowflake.epochMilliseconds) "
                    + "WHERE channel_id = ? AND deleted_at IS NULL", channel)
            try coverage.remove(channel: row.snowflake("id"))
        }
    }

    /// Threads that are missing from the list are no longer active, or the bot lost sight of them: they stay known,
    /// but nothing says that their messages still come.
    func replaceThreads(_ guild: Snowflake, parents: [Snowflake]?, with threads: [ChannelRecord]) throws {
        let missing = try database.rows(
            """
            SELECT id FROM channels WHERE guild_id = ? AND type BETWEEN ? AND ?
            AND (? IS NULL OR parent_id IN (SELECT value FROM json_each(?)))
            AND id NOT IN (SELECT value FROM json_each(?))
            """,
            [
                guild.stored, ChannelRecord.threadTypes.lowerBound, ChannelRecord.threadTypes.upperBound,
                parents?.storedList, parents?.storedList, threads.map(\.id).storedList,
            ]
        ).map { $0.snowflake("id") }
        try coverage.close(channels: missing, epoch: epoch)
        for thread in threads {
            try save(thread)
            try follow(thread)
        }
    }
}
