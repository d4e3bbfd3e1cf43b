internal import FoundationEssentials
internal import GRDB

/// Everything known about Discord, on disk: guilds, channels, roles, members, messages, and which ranges of messages
/// are known without a gap. One writer at a time; reads do not wait for it.
public final class Archive: Sendable {
    let database: DatabasePool

    /// Opens or makes `archive.sqlite` in the directory (made with mode 0700). An older file is migrated first.
    public init(directory: String) throws(ArchiveError) {
        database = try storing {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let path = directory + "/" + Self.fileName
            // SQLite gives its other files the mode of this one.
            if !FileManager.default.fileExists(atPath: path) {
                _ = FileManager.default.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            }
            try Schema.refuseNewer(path: path)
            var configuration = Configuration()
            configuration.label = "archive"
            configuration.maximumReaderCount = 4
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in
                // A power cut may take the last transactions; session and events go together, so a resume repeats them.
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                database.add(function: ExactPhrase.function)
                try database.execute(sql: "PRAGMA temp_store = MEMORY")
                try database.execute(sql: "PRAGMA cache_size = -16384")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction(Schema.migrate)
            return pool
        }
    }

    public static let fileName = "archive.sqlite"

    /// Writes the log back into the file and ends. No call may follow.
    public func close() throws(ArchiveError) {
        try storing {
            _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try database.close()
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        do { return try await database.read(body) } catch { throw ArchiveError(error) }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> Value {
        do { return try await database.write(body) } catch { throw ArchiveError(error) }
    }
}

private func storing<Value>(_ body: () throws -> Value) throws(ArchiveError) -> Value {
    do { return try body() } catch { throw ArchiveError(error) }
}

extension ArchiveError {
    init(_ error: any Error) {
        self = error as? ArchiveError ?? .storage(String(describing: error))
    }
}
