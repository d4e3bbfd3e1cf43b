internal import GRDB

/// The rows of `sessions`: one per shard.
struct SessionTable {
    let database: Database

    func load(shard: Int) throws -> ShardSession? {
        try database.rows("SELECT * FROM sessions WHERE shard = ?", [shard]).first.map {
            ShardSession(
                shard: shard, sessionID: $0["session_id"], sequence: $0["sequence"], resumeURL: $0["resume_url"],
                intents: $0["intents"])
        }
    }

    /// Saves and returns the epoch of the session. Epochs are never used twice, whatever the shard.
    func save(_ session: ShardSession) throws -> Int64 {
        let coverage = CoverageTable(database: database)
        let known = try load(shard: session.shard)
        var epoch = try coverage.currentEpoch(shard: session.shard)
        if known?.sessionID != session.sessionID {
            try coverage.close(channels: nil, epoch: epoch)
            epoch = 1 + (try database.first(Int64.self, "SELECT max(epoch) FROM sessions") ?? 0)
        }
        try database.run(
            """
            INSERT OR REPLACE INTO sessions (shard, session_id, sequence, resume_url, intents, epoch)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [session.shard, session.sessionID, session.sequence, session.resumeURL, session.intents, epoch])
        return epoch
    }
}
