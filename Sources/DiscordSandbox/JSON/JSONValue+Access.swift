import Contracts

extension JSONValue {
    subscript(key: String) -> JSONValue? { object?[key] }

    var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
    var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
    var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }
    var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
    /// A number, or a string that reads as one: Discord accepts both where it wants an integer.
    var int: Int? {
        switch self {
        case .int(let value): value
        case .string(let text): Int(text)
        default: nil
        }
    }
    var snowflake: Snowflake? {
        switch self {
        case .string(let text): Snowflake(text)
        case .int(let value) where value > 0: Snowflake(UInt64(value))
        default: nil
        }
    }
    var isNull: Bool { self == .null }

    static func id(_ id: Snowflake) -> JSONValue { .string(id.description) }
    static func id(_ id: Snowflake?) -> JSONValue { id.map { .string($0.description) } ?? .null }
    static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    static func ids(_ ids: some Sequence<Snowflake>) -> JSONValue { .array(ids.map { .id($0) }) }
    static func time(_ time: Timestamp) -> JSONValue { .string(time.description) }
    static func time(_ time: Timestamp?) -> JSONValue { time.map { .string($0.description) } ?? .null }
}
