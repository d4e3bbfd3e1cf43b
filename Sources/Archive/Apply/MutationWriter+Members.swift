internal import Contracts
internal import GRDB

extension MutationWriter {
    func save(_ member: MemberRecord) throws {
        try database.run(
            """
            INSERT INTO members (guild_id, user_id, name, username, bot, role_ids, timed_out_until, joined_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (guild_id, user_id) DO UPDATE SET
                name = excluded.name, username = coalesce(excluded.username, username), bot = excluded.bot,
                role_ids = excluded.role_ids, timed_out_until = excluded.timed_out_until,
                joined_at = coalesce(excluded.joined_at, joined_at), left_at = NULL
            """,
            [
                member.guildID.stored, member.userID.stored, member.name, member.username, member.isBot,
                member.roleIDs.map(\.description).joined(separator: ","), member.timedOutUntil, member.joinedAt,
            ])
    }

    /// Who left stays known with the roles of that time, and is no member any more.
    func markLeft(_ guild: Snowflake, user: Snowflake, at time: Int64) throws {
        try database.run(
            "UPDATE members SET left_at = ? WHERE guild_id = ? AND user_id = ?",
            [time, guild.stored, user.stored])
    }

    func save(_ ban: BanRecord) throws {
        try database.run(
            """
            INSERT INTO bans (guild_id, user_id, name, seen_at, moderator_id, reason) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (guild_id, user_id) DO UPDATE SET name = excluded.name
            """,
            [
                ban.guildID.stored, ban.userID.stored, ban.userName, ban.seenAt, ban.moderatorID?.stored, ban.reason,
            ])
    }

    /// Only of a ban that stands: the audit log's entry may come after the user was unbanned again.
    func explain(_ ban: BanRecord) throws {
        try database.run(
            "UPDATE bans SET moderator_id = ?, reason = ? WHERE guild_id = ? AND user_id = ?",
            [ban.moderatorID?.stored, ban.reason, ban.guildID.stored, ban.userID.stored])
    }
}
