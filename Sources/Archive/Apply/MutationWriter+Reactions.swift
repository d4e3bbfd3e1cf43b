internal import Contracts
internal import GRDB

extension MutationWriter {
    func addReaction(_ emoji: EmojiRecord, to message: Snowflake, by user: Snowflake) throws {
        try database.run(
            "INSERT OR IGNORE INTO reaction_users (message_id, emoji, user_id) VALUES (?, ?, ?)",
            [message.stored, emoji.key, user.stored])
        guard database.changesCount > 0 else { return }
        try database.run(
            """
            INSERT INTO reactions (message_id, emoji, name, emoji_id, count) VALUES (?, ?, ?, ?, 1)
            ON CONFLICT (message_id, emoji) DO UPDATE SET count = count + 1
            """, [message.stored, emoji.key, emoji.name, emoji.id?.stored])
    }

    /// Whoever takes a reaction back had given it, though perhaps before anybody listened: then it is one of those
    /// that are counted without a name.
    func removeReaction(_ emoji: EmojiRecord, from message: Snowflake, by user: Snowflake) throws {
        try database.run(
            "DELETE FROM reaction_users WHERE message_id = ? AND emoji = ? AND user_id = ?",
            [message.stored, emoji.key, user.stored])
        let wasKnown = database.changesCount > 0
        try database.run(
            """
            UPDATE reactions SET count = count - 1 WHERE message_id = ?1 AND emoji = ?2 AND (?3 OR count >
                (SELECT count(*) FROM reaction_users u WHERE u.message_id = ?1 AND u.emoji = ?2))
            """, [message.stored, emoji.key, wasKnown])
        try database.run(
            "DELETE FROM reactions WHERE message_id = ? AND emoji = ? AND count <= 0", [message.stored, emoji.key])
    }

    /// - Parameter emoji: nil: all reactions.
    func clearReactions(of message: Snowflake, emoji: EmojiRecord?) throws {
        for table in ["reactions", "reaction_users"] {
            try database.run(
                "DELETE FROM \(table) WHERE message_id = ?1 AND (?2 IS NULL OR emoji = ?2)",
                [message.stored, emoji?.key])
        }
    }

    /// What Discord counts, whoever it was.
    func replaceReactions(of message: Snowflake, with reactions: [ReactionRecord]) throws {
        try database.run("DELETE FROM reactions WHERE message_id = ?", [message.stored])
        for reaction in reactions where reaction.count > 0 {
            try database.run(
                "INSERT OR REPLACE INTO reactions (message_id, emoji, name, emoji_id, count) VALUES (?, ?, ?, ?, ?)",
                [
                    message.stored, reaction.emoji.key, reaction.emoji.name, reaction.emoji.id?.stored,
                    reaction.count,
                ])
        }
        try database.run(
            """
            DELETE FROM reaction_users WHERE message_id = ?1
            AND emoji NOT IN (SELECT emoji FROM reactions WHERE message_id = ?1)
            """, [message.stored])
    }

    func vote(_ answer: Int, in message: Snowflake, by user: Snowflake, isGiven: Bool) throws {
        try database.run(
            isGiven
                ? "INSERT OR IGNORE INTO poll_votes (message_id, answer, user_id) VALUES (?, ?, ?)"
                : "DELETE FROM poll_votes WHERE message_id = ? AND answer = ? AND user_id = ?",
            [message.stored, answer, user.stored])
    }
}
