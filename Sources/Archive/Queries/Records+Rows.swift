internal import Contracts
internal import GRDB

extension BotIdentity {
    static func load(_ database: Database) throws -> BotIdentity? {
        try database.rows("SELECT * FROM bot").first.map {
            BotIdentity(userID: $0.snowflake("user_id"), name: $0["name"])
        }
    }
}

extension GuildRecord {
    init(row: Row) {
        self.init(
            id: row.snowflake("id"), name: row["name"], ownerID: row.snowflake("owner_id"),
            memberCount: row["member_count"], isUnavailable: row["unavailable"])
    }
}

extension RoleRecord {
    init(row: Row) {
        self.init(
            id: row.snowflake("id"), guildID: row.snowflake("guild_id"), name: row["name"],
            position: row["position"], permissions: row.bits("permissions"))
    }
}

extension MemberRecord {
    static func load(guild: Snowflake, user: Snowflake, _ database: Database) throws -> MemberRecord? {
        try database.rows(
            "SELECT * FROM members WHERE guild_id = ? AND user_id = ? AND left_at IS NULL", [guild.stored, user.stored]
        ).first.map { row in
            MemberRecord(
                guildID: guild, userID: user, name: row["name"], username: row["username"], isBot: row["bot"],
                roleIDs: (row["role_ids"] as String).split(separator: ",").compactMap { Snowflake($0) },
                timedOutUntil: row["timed_out_until"], joinedAt: row["joined_at"])
        }
    }
}

extension GuildView {
    static func load(_ id: Snowflake, _ database: Database) throws -> GuildView? {
        guard let row = try database.rows("SELECT * FROM guilds WHERE id = ?", [id.stored]).first else { return nil }
        let roles = try database.rows("SELECT * FROM roles WHERE guild_id = ? ORDER BY position, id", [id.stored])
        let bot = try BotIdentity.load(database)
        return GuildView(
            guild: GuildRecord(row: row), roles: roles.map(RoleRecord.init(row:)),
            bot: try bot.flatMap { try MemberRecord.load(guild: id, user: $0.userID, database) })
    }
}

extension ChannelRecord {
    static func load(guild: Snowflake, _ database: Database) throws -> [ChannelRecord] {
        let overwrites = Dictionary(
            grouping: try database.rows(
                "SELECT o.* FROM overwrites o JOIN channels c ON c.id = o.channel_id WHERE c.guild_id = ?",
                [guild.stored]), by: { $0.snowflake("channel_id") })
        return try database.rows("SELECT * FROM channels WHERE guild_id = ?", [guild.stored]).map {
            ChannelRecord(row: $0, overwrites: (overwrites[$0.snowflake("id")] ?? []).map(OverwriteRecord.init(row:)))
        }
    }

    init(row: Row, overwrites: [OverwriteRecord]) {
        self.init(
            id: row.snowflake("id"), guildID: row.snowflake("guild_id"),
            parentID: row.optionalSnowflake("parent_id"), name: row["name"], type: row["type"],
            topic: row["topic"], isNSFW: row["nsfw"], slowmodeSeconds: row["slowmode"],
            position: row["position"], isArchived: row["archived"], isLocked: row["locked"],
            lastMessageID: row.optionalSnowflake("last_message_id"), lastPinAt: row["last_pin_at"],
            overwrites: overwrites)
    }
}

extension OverwriteRecord {
    init(row: Row) {
        self.init(
            id: row.snowflake("target_id"), kind: Kind(rawValue: row["kind"]) ?? .role,
            allow: row.bits("allow"), deny: row.bits("deny"))
    }
}

extension MessageRecord {
    init(row: Row) {
        self.init(
            id: row.snowflake("id"), channelID: row.snowflake("channel_id"), guildID: row.snowflake("guild_id"),
            authorID: row.snowflake("author_id"), authorName: row["author_name"], authorIsBot: row["author_bot"],
            content: row["content"], editedAt: row["edited_at"], type: row["type"], isPinned: row["pinned"],
            hasAttachments: row["has_attachments"], hasEmbeds: row["has_embeds"],
            replyTo: row.optionalSnowflake("reply_to"), json: Array((row["json"] as String).utf8))
    }
}
