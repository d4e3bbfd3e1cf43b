internal import GRDB

/// The tables, their version (`user_version`) and the way from one version to the next.
enum Schema {
    /// One script for each version; a script that was released is never changed.
    static let versions = [version1, version2]

    static var current: Int { versions.count }

    /// Looks without writing: a file of a newer program must stay as it is.
    static func refuseNewer(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        guard let probe = try? DatabaseQueue(path: path, configuration: configuration) else { return }
        defer { try? probe.close() }
        try check(probe.read(version))
    }

    static func migrate(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            let found = try version(database)
            try check(found)
            for (index, script) in versions.enumerated().dropFirst(found) {
                try database.execute(sql: script)
                try database.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
            return .commit
        }
    }

    private static func check(_ found: Int) throws {
        guard found <= current else { throw ArchiveError.newerSchema(found: found, supported: current) }
    }

    private static func version(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }
}
