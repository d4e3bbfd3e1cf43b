internal import Contracts
internal import GRDB

extension MutationWriter {
    /// Keeps what is newer: a page that Discord answered may arrive after the event that changed one of its messages,
    /// and a message that was deleted stays deleted.
    func save(_ message: MessageRecord) throws {
        try database.run(
            """
            INSERT INTO messages (id, channel_id, guild_id, author_id, author_name, author_bot, content, edited_at,
                type, pinned, has_attachments, has_embeds, reply_to, json)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                author_name = excluded.author_name, content = excluded.content, edited_at = excluded.edited_at,
                pinned = excluded.pinned, has_attachments = excluded.has_attachments,
                has_embeds = excluded.has_embeds, json = excluded.json
            WHERE deleted_at IS NULL AND coalesce(excluded.edited_at, 0) >= coalesce(edited_at, 0)
            """,
            [
                message.id.stored, message.channelID.stored, message.guildID.stored, message.authorID.stored,
                message.authorName, message.authorIsBot, message.content, message.editedAt, message.type,
                message.isPinned, message.hasAttachments, message.hasEmbeds, message.replyTo?.stored,
                String(decoding: message.json, as: UTF8.self),
            ])
    }

    /// The messages of a channel in a range of ids that are not deleted.
    func remaining(in channel: Snowflake, range: ClosedRange<UInt64>) throws -> [Snowflake] {
        try database.rows(
            "SELECT id FROM messages WHERE channel_id = ? AND id BETWEEN ? AND ? AND deleted_at IS NULL",
            [channel.stored, Int64(clamping: range.lowerBound), Int64(clamping: range.upperBound)]
        ).map { $0.snowflake("id") }
    }

    func markDeleted(_ id: Snowflake, at time: Int64) throws {
        try database.run("UPDATE messages SET deleted_at = ? WHERE id = ?", [time, id.stored])
        try clearReactions(of: id, emoji: nil)
    }

    /// A message that was never seen leaves a mark too: a page that Discord answered before may bring it yet.
    func markDeleted(_ id: Snowflake, channel: Snowflake, guild: Snowflake, at time: Int64) throws {
        try database.run(
            """
            INSERT INTO messages (id, channel_id, guild_id, author_id, author_name, author_bot, content, deleted_at,
                type, pinned, has_attachments, has_embeds, json)
            VALUES (?, ?, ?, 0, '', 0, '', ?, 0, 0, 0, 0, '{}')
            ON CONFLICT (id) DO UPDATE SET deleted_at = coalesce(deleted_at, excluded.deleted_at)
            """, [id.stored, channel.stored, guild.stored, time])
        try clearReactions(of: id, emoji: nil)
    }
}
