/// One answer of Redis (RESP2).
public enum RedisValue: Hashable, Sendable {
    case null
    case integer(Int)
    /// A bulk string or a status.
    case bytes([UInt8])
    case array([RedisValue])
    /// An error reply; only inside arrays, since the client throws one that stands alone.
    case error(String)

    /// The bytes as text; nil when it is not a string, or not UTF-8.
    public var string: String? {
        if case .bytes(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
    }

    /// The number, also when it comes as decimal text.
    public var integer: Int? {
        switch self {
        case .integer(let number): number
        case .bytes: string.flatMap { Int($0) }
        case .null, .array, .error: nil
        }
    }

    public var array: [RedisValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
