internal import Contracts
internal import GRDB

extension Database {
    /// Runs one statement from the connection's cache of prepared statements.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func first<Value: DatabaseValueConvertible>(
        _ type: Value.Type, _ sql: String, _ arguments: StatementArguments = []
    ) throws -> Value? {
        try Value.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }
}

extension Snowflake {
    /// SQLite knows signed integers only; the bits are kept.
    var stored: Int64 { Int64(bitPattern: rawValue) }

    init(stored: Int64) {
        self.init(UInt64(bitPattern: stored))
    }
}

extension Row {
    func snowflake(_ column: String) -> Snowflake {
        Snowflake(stored: self[column])
    }

    func optionalSnowflake(_ column: String) -> Snowflake? {
        (self[column] as Int64?).map(Snowflake.init(stored:))
    }

    func bits(_ column: String) -> UInt64 {
        UInt64(bitPattern: self[column])
    }
}

extension Sequence<Snowflake> {
    /// A JSON array for `json_each`: one bound value, however many ids.
    var storedList: String {
        "[" + map { String($0.stored) }.joined(separator: ",") + "]"
    }
}
