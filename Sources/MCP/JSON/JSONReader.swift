/// Reads JSON text (RFC 8259, the interoperable part: RFC 7493).
///
/// Refused, although some readers take it: a member name used twice, text that is not UTF-8 or begins with a byte
/// order mark, and an escape that is half of a surrogate pair (no `String` can hold it, and replacing it would change
/// what was said). Numbers of any size are kept as text.
public struct JSONReader {
    private let text: UnsafeBufferPointer<UInt8>
    private let limits: JSONLimits
    private var position = 0
    private var values = 0

    private init(_ text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.text = text
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
        skipWhitespace()
        let value = try value(depth: 0)
        skipWhitespace()
        guard position == text.count else { throw failure(.unexpectedByte) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        try count()
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONObject {
        guard depth <= limits.depth else { throw failure(.tooDeep) }
        position += 1
        var members: [JSONObject.Member] = []
        var names = NameSet()
        skipWhitespace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return JSONObject()
        }
        while true {
            skipWhitespace()
            let start = position
            try count()
            let name = try string()
            guard names.insert(name, among: members) else {
                throw JSONSyntaxError(reason: .duplicateName, offset: start)
            }
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            skipWhitespace()
            let valueStart = position
            let value = try value(depth: depth)
            members.append(JSONObject.Member(name: name, value: value, source: valueStart..<position))
            skipWhitespace()
            if try peek() == UInt8(ascii: "}") { break }
            try expect(UInt8(ascii: ","))
        }
        position += 1
        return JSONObject(unique: members)
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        guard depth <= limits.depth else { throw failure(.tooDeep) }
        position += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return elements
        }
        while true {
            skipWhitespace()
            elements.append(try value(depth: depth))
            skipWhitespace()
            if try peek() == UInt8(ascii: "]") { break }
            try expect(UInt8(ascii: ","))
        }
        position += 1
        return elements
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        if try peek() == UInt8(ascii: "-") { position += 1 }
        guard position < text.count else { throw failure(.unexpectedEnd) }
        if text[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            guard skipDigits() > 0 else {
                throw failure(position == start ? .unexpectedByte : .badNumber)
            }
        }
        if position < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < text.count, text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
                position += 1
            }
            guard skipDigits() > 0 else { throw failure(.badNumber) }
        }
        return JSONNumber(validated: String(decoding: text[start..<position], as: UTF8.self))
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = position
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "\"") {
                guard let value = String(validating: text[start..<position], as: UTF8.self) else {
                    throw JSONSyntaxError(reason: .notUTF8, offset: start)
                }
                position += 1
                return value
            }
            if byte == UInt8(ascii: "\\") { return try stringWithEscapes(from: start) }
            guard byte >= 0x20 else { throw failure(.controlCharacter) }
            position &+= 1
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONSyntaxError) -> String {
        var bytes = Array(text[start..<position])
        while position < text.count {
            let byte = text[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let value = String(validating: bytes, as: UTF8.self) else {
                    throw JSONSyntaxError(reason: .notUTF8, offset: start)
                }
                return value
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case ..<0x20: throw JSONSyntaxError(reason: .controlCharacter, offset: position - 1)
            default: bytes.append(byte)
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONSyntaxError) {
        let byte = try peek()
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "u"): try unicodeEscape(into: &bytes)
        default: throw JSONSyntaxError(reason: .badEscape, offset: position - 1)
        }
    }

    private mutating func unicodeEscape(into bytes: inout [UInt8]) throws(JSONSyntaxError) {
        let start = position
        var code = try fourHexDigits()
        if code & 0xFC00 == 0xD800 {
            guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
                text[position + 1] == UInt8(ascii: "u")
            else { throw JSONSyntaxError(reason: .loneSurrogate, offset: start) }
            position += 2
            let low = try fourHexDigits()
            guard low & 0xFC00 == 0xDC00 else { throw JSONSyntaxError(reason: .loneSurrogate, offset: start) }
            code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw JSONSyntaxError(reason: .loneSurrogate, offset: start)
        }
        bytes.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else { throw failure(.badEscape) }
            position += 1
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    private mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        for index in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[index])
        }
    }

    private mutating func expect(_ byte: UInt8) throws(JSONSyntaxError) {
        guard try peek() == byte else { throw failure(.unexpectedByte) }
        position += 1
    }

    private func peek() throws(JSONSyntaxError) -> UInt8 {
        guard position < text.count else { throw failure(.unexpectedEnd) }
        return text[position]
    }

    private mutating func count() throws(JSONSyntaxError) {
        values += 1
        guard values <= limits.values else { throw failure(.tooManyValues) }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position - start
    }

    private mutating func skipWhitespace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    private func failure(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
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
