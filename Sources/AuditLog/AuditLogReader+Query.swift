import Glibc
import SystemPackage

extension AuditLogReader {
    /// Calls `body` with each entry that the filter lets through, oldest first, until it returns false.
    ///
    /// - Throws: `AuditLogError` with what to do when the log cannot be read or is damaged.
    public func query(_ filter: AuditFilter, from start: UInt64 = 1, _ body: (AuditEntry) throws -> Bool) throws {
        do {
            try forEachRecord(from: start) { record in
                let entry = try AuditEntry(record)
                return filter.matches(entry, time: record.time) ? try body(entry) : true
            }
        } catch let damage as Damage {
            throw AuditLogError(.damaged, "the audit log is damaged at \(damage.description)")
        } catch Errno.noSuchFileOrDirectory {
            throw AuditLogError(.io, "there is no audit log in \(directory): name the data directory with --data-dir")
        } catch let error as Errno {
            throw AuditLogError(.io, "the audit log in \(directory) cannot be read: \(error.description)")
        }
    }

    /// The last entries that the filter lets through, oldest first.
    public func last(_ count: Int, _ filter: AuditFilter = AuditFilter()) throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        try query(filter) { entry in
            entries.append(entry)
            // Trimmed in large steps: removing one from the front each time would move all the others.
            if entries.count >= 2 * max(count, 64) { entries.removeFirst(entries.count - count) }
            return true
        }
        return entries.suffix(count)
    }
}
