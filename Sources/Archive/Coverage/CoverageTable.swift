internal import Contracts
internal import GRDB

/// The rows of `coverage`. A row counts for reading pages only while its epoch is the current one of a shard: in an
/// older session edits and deletes may have been missed, even where every message is there.
struct CoverageTable {
    let database: Database

    func currentEpoch(shard: Int) throws -> Int64 {
        try database.first(Int64.self, "SELECT epoch FROM sessions WHERE shard = ?", [shard]) ?? 0
    }

    func load(channel: Snowflake, epoch: Int64) throws -> Coverage {
        Coverage(
            try database.rows(
                "SELECT low, high FROM coverage WHERE channel_id = ? AND epoch = ? ORDER BY low",
                [channel.stored, epoch]
            ).map { $0.bits("low")...$0.bits("high") })
    }

    /// Of all current epochs together: a channel belongs to one shard.
    func loadCurrent(channel: Snowflake) throws -> Coverage {
        Coverage(
            try database.rows(
                """
                SELECT low, high FROM coverage WHERE channel_id = ? AND epoch IN (SELECT epoch FROM sessions)
                ORDER BY low
                """, [channel.stored]
            ).map { $0.bits("low")...$0.bits("high") })
    }

    func insert(_ range: ClosedRange<UInt64>, channel: Snowflake, epoch: Int64) throws {
        var coverage = try load(channel: channel, epoch: epoch)
        coverage.insert(range)
        try save(coverage, channel: channel, epoch: epoch)
    }

    /// From `low` on every message will come by the live session. Does nothing where that is known already.
    func open(from low: UInt64, channel: Snowflake, epoch: Int64) throws {
        let isOpen = try database.first(
            Int.self, "SELECT 1 FROM coverage WHERE channel_id = ? AND epoch = ? AND high = ?",
            [channel.stored, epoch, Int64(Coverage.present)])
        if isOpen == nil { try insert(low...Coverage.present, channel: channel, epoch: epoch) }
    }

    /// The live session no longer brings the messages of these channels; nil: of any channel of the epoch.
    func close(channels: [Snowflake]?, epoch: Int64) throws {
        let open = try database.rows(
            """
            SELECT channel_id FROM coverage WHERE epoch = ? AND high = ?
            AND (? IS NULL OR channel_id IN (SELECT value FROM json_each(?)))
            """, [epoch, Int64(Coverage.present), channels?.storedList, channels?.storedList]
        ).map { $0.snowflake("channel_id") }
        for channel in open {
            var coverage = try load(channel: channel, epoch: epoch)
            let newest = try database.first(
                Int64.self, "SELECT max(id) FROM messages WHERE channel_id = ?", [channel.stored])
            coverage.close(newest: newest.map { UInt64(bitPattern: $0) })
            try save(coverage, channel: channel, epoch: epoch)
        }
    }

    func remove(channel: Snowflake) throws {
        try database.run("DELETE FROM coverage WHERE channel_id = ?", [channel.stored])
    }

    private func save(_ coverage: Coverage, channel: Snowflake, epoch: Int64) throws {
        try database.run("DELETE FROM coverage WHERE channel_id = ? AND epoch = ?", [channel.stored, epoch])
        for range in coverage.ranges {
            try database.run(
                "INSERT INTO coverage (channel_id, epoch, low, high) VALUES (?, ?, ?, ?)",
                [channel.stored, epoch, Int64(range.lowerBound), Int64(range.upperBound)])
        }
    }
}
