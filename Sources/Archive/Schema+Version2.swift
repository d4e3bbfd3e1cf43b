extension Schema {
    /// What members, moderators and voters do: reactions, votes, bans, joins and leaves, pins, and what an edited
    /// message said before.
    ///
    /// `reactions` counts, also where nobody said who reacted; `reaction_users` holds those of whom it is known.
    static let version2 = """
        ALTER TABLE members ADD COLUMN username TEXT;
        ALTER TABLE members ADD COLUMN joined_at INTEGER;
        ALTER TABLE members ADD COLUMN left_at INTEGER;
        ALTER TABLE channels ADD COLUMN last_pin_at INTEGER;

        CREATE TABLE reactions (
            message_id INTEGER NOT NULL, emoji TEXT NOT NULL, name TEXT NOT NULL, emoji_id INTEGER,
            count INTEGER NOT NULL,
            PRIMARY KEY (message_id, emoji)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE reaction_users (
            message_id INTEGER NOT NULL, emoji TEXT NOT NULL, user_id INTEGER NOT NULL,
            PRIMARY KEY (message_id, emoji, user_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE poll_votes (
            message_id INTEGER NOT NULL, answer INTEGER NOT NULL, user_id INTEGER NOT NULL,
            PRIMARY KEY (message_id, answer, user_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE event_epoch (id INTEGER PRIMARY KEY CHECK (id = 0), value INTEGER NOT NULL) STRICT;

        CREATE TABLE bans (
            guild_id INTEGER NOT NULL, user_id INTEGER NOT NULL, name TEXT NOT NULL, seen_at INTEGER NOT NULL,
            moderator_id INTEGER, reason TEXT,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE message_versions (
            message_id INTEGER NOT NULL, replaced_at INTEGER NOT NULL, content TEXT NOT NULL,
            PRIMARY KEY (message_id, replaced_at)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER messages_edited AFTER UPDATE OF content ON messages WHEN old.content <> new.content BEGIN
            INSERT OR IGNORE INTO message_versions (message_id, replaced_at, content)
            VALUES (old.id, coalesce(new.edited_at, 0), old.content);
        END;
        CREATE TRIGGER messages_forgotten AFTER DELETE ON messages BEGIN
            DELETE FROM message_versions WHERE message_id = old.id;
            DELETE FROM reactions WHERE message_id = old.id;
            DELETE FROM reaction_users WHERE message_id = old.id;
            DELETE FROM poll_votes WHERE message_id = old.id;
        END;
        """
}
