extension Schema {
    /// Ids are Discord's 64 bits as SQLite's signed integers (the highest bit is unused until the year 2084).
    ///
    /// Two indexes over the same text: `message_words` finds words without regard to case and diacritics,
    /// `message_trigrams` finds any three or more characters in a row, for parts of words and for languages
    /// that write without spaces.
    static let version1 = """
        CREATE TABLE bot (
            id INTEGER PRIMARY KEY CHECK (id = 0), user_id INTEGER NOT NULL, name TEXT NOT NULL
        ) STRICT;

        CREATE TABLE sessions (
            shard INTEGER PRIMARY KEY, session_id TEXT NOT NULL, sequence INTEGER NOT NULL,
            resume_url TEXT NOT NULL, intents INTEGER NOT NULL, epoch INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE guilds (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner_id INTEGER NOT NULL,
            member_count INTEGER NOT NULL, unavailable INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE roles (
            id INTEGER PRIMARY KEY, guild_id INTEGER NOT NULL, name TEXT NOT NULL,
            position INTEGER NOT NULL, permissions INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX roles_guild ON roles (guild_id);

        CREATE TABLE members (
            guild_id INTEGER NOT NULL, user_id INTEGER NOT NULL, name TEXT NOT NULL, bot INTEGER NOT NULL,
            role_ids TEXT NOT NULL, timed_out_until INTEGER,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE channels (
            id INTEGER PRIMARY KEY, guild_id INTEGER NOT NULL, parent_id INTEGER, name TEXT NOT NULL,
            type INTEGER NOT NULL, topic TEXT, nsfw INTEGER NOT NULL, slowmode INTEGER NOT NULL,
            position INTEGER NOT NULL, archived INTEGER NOT NULL, locked INTEGER NOT NULL, last_message_id INTEGER
        ) STRICT;
        CREATE INDEX channels_guild ON channels (guild_id);
        CREATE INDEX channels_parent ON channels (parent_id);

        CREATE TABLE overwrites (
            channel_id INTEGER NOT NULL, target_id INTEGER NOT NULL, kind INTEGER NOT NULL,
            allow INTEGER NOT NULL, deny INTEGER NOT NULL,
            PRIMARY KEY (channel_id, target_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE messages (
            id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL, guild_id INTEGER NOT NULL,
            author_id INTEGER NOT NULL, author_name TEXT NOT NULL, author_bot INTEGER NOT NULL,
            content TEXT NOT NULL, edited_at INTEGER, deleted_at INTEGER, type INTEGER NOT NULL,
            pinned INTEGER NOT NULL, has_attachments INTEGER NOT NULL, has_embeds INTEGER NOT NULL,
            reply_to INTEGER, json TEXT NOT NULL
        ) STRICT;
        CREATE INDEX messages_channel ON messages (channel_id, id);
        CREATE INDEX messages_author ON messages (author_id, id);
        CREATE INDEX messages_guild ON messages (guild_id);

        CREATE TABLE coverage (
            channel_id INTEGER NOT NULL, epoch INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
            PRIMARY KEY (channel_id, epoch, low)
        ) STRICT, WITHOUT ROWID;

        CREATE VIRTUAL TABLE message_words USING fts5(
            content, content='messages', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE message_trigrams USING fts5(
            content, content='messages', content_rowid='id', tokenize='trigram');

        CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN
            INSERT INTO message_words (rowid, content) VALUES (new.id, new.content);
            INSERT INTO message_trigrams (rowid, content) VALUES (new.id, new.content);
        END;
        CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
            INSERT INTO message_words (message_words, rowid, content) VALUES ('delete', old.id, old.content);
            INSERT INTO message_trigrams (message_trigrams, rowid, content) VALUES ('delete', old.id, old.content);
        END;
        CREATE TRIGGER messages_changed AFTER UPDATE OF content ON messages WHEN old.content <> new.content BEGIN
            INSERT INTO message_words (message_words, rowid, content) VALUES ('delete', old.id, old.content);
            INSERT INTO message_trigrams (message_trigrams, rowid, content) VALUES ('delete', old.id, old.content);
            INSERT INTO message_words (rowid, content) VALUES (new.id, new.content);
            INSERT INTO message_trigrams (rowid, content) VALUES (new.id, new.content);
        END;
        """
}
