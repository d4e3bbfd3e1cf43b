import Contracts
import FoundationEssentials
import GRDB
public import Logging

/// What was done with every command of the last day: a command id is carried out once, across crashes.
///
/// Each write is on disk (WAL, `synchronous=FULL`) before its call returns. One process opens the file at a time. A
/// file that cannot be used makes every call throw `unavailable`: without the ledger nothing is done.
public struct CommandLedger: Sendable {
    /// Raised when the table changes in a way that older versions must not touch.
    static let formatVersion = 1

    let database: DatabaseQueue
    private let logger: Logger

    /// Opens or makes the file.
    public init(path: String, logger: Logger) throws(LedgerError) {
        self.logger = logger
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "ledger"
        configuration.prepareDatabase { database in
            let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard found <= Self.formatVersion else {
                throw LedgerError.newerFormat(found: found, known: Self.formatVersion)
            }
            // An erased reason is erased from the file, too.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            // GRDB chooses NORMAL for WAL, which can lose the last commits when the power fails.
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
                    throw LedgerError.storage("SQLite does not sync every commit")
                }
            }
            try database.write(Self.makeSchema)
        } catch {
            throw LedgerError(error)
        }
    }

    /// Writes the WAL back and gives the file free.
    public func close() throws(LedgerError) {
        do { try database.close() } catch { throw LedgerError(error) }
    }

    func entry(_ id: MessageID) async throws(WireError) -> LedgerEntry? {
        try await perform { try Self.fetch(id, from: $0) }
    }

    /// Begins a command anew. The id must be free, or its last run must have come to nothing.
    func receive(_ entry: LedgerEntry) async throws(WireError) {
        try await perform { database in
            let old = try Self.fetch(entry.id, from: database)
            guard LedgerStateMachine.admit(old, claim: entry.claim) == .begin else {
                throw LedgerError.wrongState(old?.state)
            }
            try Self.store(entry, in: database)
        }
    }

    /// The intent is durable: from here on Discord may be called.
    func execute(_ id: MessageID, auditSequence: UInt64) async throws(WireError) -> LedgerEntry {
        try await change(id) { LedgerStateMachine.executing($0, auditSequence: auditSequence) }
    }

    func end(_ id: MessageID, _ ending: CommandEnding) async throws(WireError) -> LedgerEntry {
        try await change(id) { LedgerStateMachine.ended($0, ending) }
    }

    func markOutcomeRecorded(_ id: MessageID) async throws(WireError) {
        try await perform { database in
            try database.execute(
                sql: "UPDATE command SET outcome_recorded = 1 WHERE id = ?", arguments: [Data(id.bytes)])
        }
    }

    /// Commands whose effect is open or whose outcome the audit log lacks, oldest first. The mark of the outcome alone
    /// does not close a command: its outcome can have been recorded while the write of its end failed.
    /// Those in doubt that were looked for in vain are left out until their next look.
    ///
    /// - Parameter now: unix milliseconds.
    func unfinishedEntries(limit: Int, now: Int64) async throws(WireError) -> [LedgerEntry] {
        try await perform { database in
            try Self.fetchAll(
                from: database,
                where: "(\(Self.isUnfinished)) AND (outcome_recorded = 0 OR next_look_at <= \(now))", limit: limit)
        }
    }

    func countInDoubt() async throws(WireError) -> Int {
        try await perform { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM command WHERE (\(Self.isUnfinished)) AND state = 'in_doubt'") ?? 0
        }
    }

    /// Puts the next look off.
    func lookedInVain(_ id: MessageID, now: Int64) async throws(WireError) -> LedgerEntry {
        try await change(id) { LedgerStateMachine.lookedInVain($0, now: now) }
    }

    /// Forgets commands from before that time (unix milliseconds). Those whose effect or record is open stay.
    func purge(before: Int64) async throws(WireError) -> Int {
        try await perform { database in
            try database.execute(
                sql: """
                    DELETE FROM command
                    WHERE created_at < ? AND outcome_recorded = 1 AND state IN ('done', 'refused', 'undone', 'unresolved')
                    """,
                arguments: [before])
            return database.changesCount
        }
    }

    private func change(
        _ id: MessageID,
        _ step: @Sendable (LedgerEntry) -> LedgerEntry?
    ) async throws(WireError) -> LedgerEntry {
        try await perform { database in
            let old = try Self.fetch(id, from: database)
            guard let old, let new = step(old) else { throw LedgerError.wrongState(old?.state) }
            try Self.store(new, in: database)
            return new
        }
    }

    private func perform<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws(WireError) -> Value {
        do {
            return try await database.write(body)
        } catch {
            logger.error("command ledger failed", metadata: [LogKey.error: "\(LedgerError(error))"])
            throw WireError(
                .unavailable, "The executor's command ledger cannot be used. Nothing was done.",
                hint: "The operator should look at the executor's disk and log.", retryAfterSeconds: 5)
        }
    }
}

extension LedgerError {
    fileprivate init(_ error: any Error) {
        switch error {
        case let error as LedgerError: self = error
        // Without the statement's arguments, which hold the caller's reason.
        case let error as DatabaseError: self = .storage(error.message ?? "code \(error.resultCode.rawValue)")
        default: self = .storage("\(type(of: error))")
        }
    }
}
