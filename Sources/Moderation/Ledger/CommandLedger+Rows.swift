import Contracts
import Discord
import FoundationEssentials
import GRDB

extension CommandLedger {
    static let isUnfinished = "outcome_recorded = 0 OR state IN ('received', 'executing', 'in_doubt')"

    static func makeSchema(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS command (
                    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
                    key_id TEXT NOT NULL,
                    tenant TEXT NOT NULL,
                    tool TEXT NOT NULL,
                    arguments_digest BLOB NOT NULL,
                    effect TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    state TEXT NOT NULL,
                    audit_sequence INTEGER NOT NULL,
                    outcome TEXT,
                    outcome_recorded INTEGER NOT NULL,
                    next_look_at INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS command_open ON command (created_at)
                    WHERE \(isUnfinished);
                CREATE INDEX IF NOT EXISTS command_created ON command (created_at);
                PRAGMA user_version = \(formatVersion);
                """)
    }

    static func fetch(_ id: MessageID, from database: Database) throws -> LedgerEntry? {
        try Row.fetchOne(database, sql: "SELECT * FROM command WHERE id = ?", arguments: [Data(id.bytes)])
            .map(entry)
    }

    static func fetchAll(from database: Database, where condition: String, limit: Int?) throws -> [LedgerEntry] {
        let bound = limit.map { " LIMIT \($0)" } ?? ""
        return try Row.fetchAll(database, sql: "SELECT * FROM command WHERE \(condition) ORDER BY created_at\(bound)")
            .map(entry)
    }

    static func store(_ entry: LedgerEntry, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO command
                    (id, key_id, tenant, tool, arguments_digest, effect, reason, created_at, state, audit_sequence,
                     outcome, outcome_recorded, next_look_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(entry.id.bytes), entry.claim.keyID, entry.claim.tenant, entry.claim.tool,
                Data(entry.claim.argumentsDigest), try text(entry.effect), entry.reason, entry.createdAt,
                entry.state.rawValue, Int64(entry.auditSequence), try entry.outcome.map(text), entry.isOutcomeRecorded,
                entry.nextLookAt,
            ])
    }

    private static func entry(_ row: Row) throws -> LedgerEntry {
        let bytes: Data = row["id"]
        let stateName: String = row["state"]
        let effect: String = row["effect"]
        let outcome: String? = row["outcome"]
        let sequence: Int64 = row["audit_sequence"]
        let digest: Data = row["arguments_digest"]
        guard let id = MessageID(bytes: bytes), let state = LedgerState(rawValue: stateName) else {
            throw LedgerError.storage("a row cannot be read")
        }
        var entry = LedgerEntry(
            id: id,
            claim: CommandClaim(
                keyID: row["key_id"], tenant: row["tenant"], tool: row["tool"], argumentsDigest: Array(digest)),
            effect: try DiscordJSON.decode(PlannedEffect.self, from: effect.utf8),
            reason: row["reason"],
            createdAt: row["created_at"])
        entry.state = state
        entry.auditSequence = UInt64(sequence)
        entry.outcome = try outcome.map { try DiscordJSON.decode(CommandOutcome.self, from: $0.utf8) }
        entry.isOutcomeRecorded = row["outcome_recorded"]
        entry.nextLookAt = row["next_look_at"]
        return entry
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try DiscordJSON.encode(value), as: UTF8.self)
    }
}
