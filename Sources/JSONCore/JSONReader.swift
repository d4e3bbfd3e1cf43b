/// Reads JSON text (RFC 8259, the interoperable part: RFC 7493).
///
/// Refused, although some readers take it: a member name used twice, text that is not UTF-8 or begins with a byte
/// order mark, and an escape that is half of a surrogate pair (no `String` can hold it, and replacing it would change
/// what was said). Numbers of any size are kept as text.
public struct JSONReader {
    private var cursor: JSONCursor
    private let limits: JSONLimits
    private var values = 0

    private init(_ text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        cursor = JSONCursor(text, depthLimit: limits.depth)
        self.limits = limits
    }

    /// Reads one value and nothing after it but white space.
    public static func read(_ text: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) -> JSONValue {
        // withUnsafeBufferPointer rethrows untyped errors, so the outcome leaves it as a value.
        let outcome: Result<JSONValue, JSONSyntaxError> = text.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(buffer, limits: limits)
            do throws(JSONSyntaxError) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private mutating func document() throws(JSONSyntaxError) -> JSONValue {
        cursor.skipWhitespace()
        let value = try value()
        try cursor.end()
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        try count()
        switch try cursor.peek() {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try cursor.rawString().string())
        case UInt8(ascii: "t"):
            try cursor.literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try cursor.literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try cursor.literal("null")
            return .null
        default:
            return .number(JSONNumber(validated: String(decoding: try cursor.rawNumber(), as: UTF8.self)))
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONObject {
        try cursor.open(UInt8(ascii: "{"))
        var members: [JSONObject.Member] = []
        var names = NameSet()
        if try !cursor.takes(UInt8(ascii: "}")) {
            repeat {
                cursor.skipWhitespace()
                let start = cursor.position
                try count()
                let name = try cursor.rawString().string()
                guard names.insert(name, among: members) else {
                    throw JSONSyntaxError(reason: .duplicateName, offset: start)
                }
                cursor.skipWhitespace()
                try cursor.expect(UInt8(ascii: ":"))
                cursor.skipWhitespace()
                let valueStart = cursor.position
                let value = try value()
                members.append(JSONObject.Member(name: name, value: value, source: valueStart..<cursor.position))
            } while try cursor.continues(to: UInt8(ascii: "}"))
        }
        cursor.depth -= 1
        return JSONObject(unique: members)
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSONValue] {
        try cursor.open(UInt8(ascii: "["))
        var elements: [JSONValue] = []
        if try !cursor.takes(UInt8(ascii: "]")) {
            repeat {
                cursor.skipWhitespace()
                elements.append(try value())
            } while try cursor.continues(to: UInt8(ascii: "]"))
        }
        cursor.depth -= 1
        return elements
    }

    private mutating func count() throws(JSONSyntaxError) {
        values += 1
        guard values <= limits.values else { throw cursor.failure(.tooManyValues) }
    }
}

/// The names an object has so far: a walk while they are few, a hash table after that, so that a hostile object costs
/// no more than linear time.
private struct NameSet {
    private static let walked = 16
    private var hashed: Set<String> = []

    /// Returns false when the name was there.
    mutating func insert(_ name: String, among members: [JSONObject.Member]) -> Bool {
        if members.count < Self.walked { return !members.contains { $0.name == name } }
        if hashed.isEmpty { hashed = Set(members.map(\.name)) }
        return hashed.insert(name).inserted
    }
}
