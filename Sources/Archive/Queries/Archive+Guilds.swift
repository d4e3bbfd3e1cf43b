public import Contracts
internal import GRDB

/// What decides what the bot may do in a guild.
public struct GuildView: Hashable, Sendable {
    public var guild: GuildRecord
    public var roles: [RoleRecord]
    /// The bot as a member; nil: not known.
    public var bot: MemberRecord?

    public init(guild: GuildRecord, roles: [RoleRecord], bot: MemberRecord?) {
        self.guild = guild
        self.roles = roles
        self.bot = bot
    }
}

/// A guild and its channels, without their overwrites.
public struct DirectoryEntry: Hashable, Sendable {
    public var guild: GuildRecord
    public var channels: [ChannelRecord]
}

/// How much the archive holds.
public struct ArchiveCounts: Hashable, Sendable {
    public var guilds: Int
    public var channels: Int
    public var members: Int
    public var messages: Int
}

extension Archive {
    public func identity() async throws(ArchiveError) -> BotIdentity? {
        try await read { try BotIdentity.load($0) }
    }

    /// All guilds with their channels and threads, as they are at one moment.
    public func directory() async throws(ArchiveError) -> [DirectoryEntry] {
        try await read { database in
            let channels = Dictionary(
                grouping: try database.rows("SELECT * FROM channels ORDER BY guild_id, position, id")
                    .map { ChannelRecord(row: $0, overwrites: []) }, by: \.guildID)
            return try database.rows("SELECT * FROM guilds ORDER BY id").map(GuildRecord.init(row:)).map {
                DirectoryEntry(guild: $0, channels: channels[$0.id] ?? [])
            }
        }
    }

    public func guild(_ id: Snowflake) async throws(ArchiveError) -> GuildView? {
        try await read { try GuildView.load(id, $0) }
    }

    public func member(guild: Snowflake, user: Snowflake) async throws(ArchiveError) -> MemberRecord? {
        try await read { try MemberRecord.load(guild: guild, user: user, $0) }
    }

    public func channel(_ id: Snowflake) async throws(ArchiveError) -> ChannelRecord? {
        try await read { database in
            try database.rows("SELECT * FROM channels WHERE id = ?", [id.stored]).first.map { row in
                let overwrites = try database.rows("SELECT * FROM overwrites WHERE channel_id = ?", [id.stored])
                return ChannelRecord(row: row, overwrites: overwrites.map(OverwriteRecord.init(row:)))
            }
        }
    }

    /// All channels and threads of a guild, with their overwrites.
    public func channels(guild: Snowflake) async throws(ArchiveError) -> [ChannelRecord] {
        try await read { try ChannelRecord.load(guild: guild, $0) }
    }

    public func counts() async throws(ArchiveError) -> ArchiveCounts {
        try await read { database in
            func count(_ table: String) throws -> Int {
                try database.first(Int.self, "SELECT count(*) FROM \(table)") ?? 0
            }
            return ArchiveCounts(
                guilds: try count("guilds"), channels: try count("channels"),
                members: try count("members WHERE left_at IS NULL"), messages: try count("messages"))
        }
    }
}
