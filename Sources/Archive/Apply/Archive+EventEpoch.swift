internal import GRDB

extension Archive {
    /// The epoch of this life's events: above every earlier one, also when the clock was set back.
    ///
    /// The clock is its floor, so that it does not begin anew where somebody moved the archive away. It is on disk
    /// before it is returned: a power cut cannot bring it a second time.
    ///
    /// - Parameter now: unix milliseconds.
    public func nextEventEpoch(now: Int64) async throws(ArchiveError) -> UInt64 {
        do {
            return try await database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                defer { try? database.execute(sql: "PRAGMA synchronous = NORMAL") }
                var epoch: Int64 = 0
                try database.inTransaction(.immediate) {
                    let last = try database.first(Int64.self, "SELECT value FROM event_epoch") ?? 0
                    epoch = max(last + 1, now * 1000)
                    try database.run("INSERT OR REPLACE INTO event_epoch (id, value) VALUES (0, ?)", [epoch])
                    return .commit
                }
                return UInt64(epoch)
            }
        } catch {
            throw ArchiveError(error)
        }
    }
}
