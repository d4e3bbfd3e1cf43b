public import Contracts
internal import GRDB

extension Archive {
    /// How often each of the messages has which reaction; messages without one are left out.
    public func reactions(
        of messages: [Snowflake]
    ) async throws(ArchiveError) -> [Snowflake: [ReactionRecord]] {
        try await read { database in
            let rows = try database.rows(
                """
                SELECT message_id, name, emoji_id, count FROM reactions
                WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, count DESC, emoji
                """, [messages.storedList])
            return Dictionary(grouping: rows, by: { $0.snowflake("message_id") }).mapValues { rows in
                rows.map { row in
                    ReactionRecord(
                        emoji: EmojiRecord(id: row.optionalSnowflake("emoji_id"), name: row["name"]),
                        count: row["count"])
                }
            }
        }
    }

    /// The bans that the bot was told of, newest first; Discord may know more.
    public func knownBans(guild: Snowflake) async throws(ArchiveError) -> [BanRecord] {
        try await read { database in
            try database.rows(
                "SELECT * FROM bans WHERE guild_id = ? ORDER BY seen_at DESC, user_id", [guild.stored]
            ).map { row in
                BanRecord(
                    guildID: guild, userID: row.snowflake("user_id"), userName: row["name"], seenAt: row["seen_at"],
                    moderatorID: row.optionalSnowflake("moderator_id"), reason: row["reason"])
            }
        }
    }

    /// What a message said before each of its edits, oldest first.
    public func earlierVersions(of message: Snowflake) async throws(ArchiveError) -> [MessageVersion] {
        try await read { database in
            try database.rows(
                "SELECT * FROM message_versions WHERE message_id = ? ORDER BY replaced_at", [message.stored]
            ).map { MessageVersion(content: $0["content"], replacedAt: $0["replaced_at"]) }
        }
    }
}

/// A content that an edit replaced.
public struct MessageVersion: Hashable, Sendable {
    public var content: String
    /// Unix milliseconds.
    public var replacedAt: Int64
}
