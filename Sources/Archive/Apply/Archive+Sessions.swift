public import Contracts
internal import GRDB

extension Archive {
    /// The shards of which a session is stored.
    public func sessionShards() async throws(ArchiveError) -> [Int] {
        try await read { database in
            try database.rows("SELECT shard FROM sessions ORDER BY shard").map { $0["shard"] }
        }
    }

    /// Ends the stored sessions of all other shards: what their live coverage promised ends with them.
    public func keepSessions(of shards: [Int]) async throws(ArchiveError) {
        try await write { database in
            let others = try database.rows("SELECT shard, epoch FROM sessions")
                .map { (shard: $0["shard"] as Int, epoch: $0["epoch"] as Int64) }
                .filter { !shards.contains($0.shard) }
            for other in others {
                try CoverageTable(database: database).close(channels: nil, epoch: other.epoch)
                try database.run("DELETE FROM sessions WHERE shard = ?", [other.shard])
            }
        }
    }

    /// Of these guilds (nil: of all), those of whose members fewer are known than they have.
    public func guildsLackingMembers(among guilds: [Snowflake]?) async throws(ArchiveError) -> [Snowflake] {
        try await read { database in
            try database.rows(
                """
                SELECT id FROM guilds WHERE unavailable = 0 AND (? IS NULL OR id IN (SELECT value FROM json_each(?)))
                AND member_count > (SELECT count(*) FROM members WHERE guild_id = guilds.id AND left_at IS NULL) ORDER BY id
                """, [guilds?.storedList, guilds?.storedList]
            ).map { $0.snowflake("id") }
        }
    }
}
