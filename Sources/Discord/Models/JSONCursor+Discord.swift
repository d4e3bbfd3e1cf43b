internal import Contracts
public import JSONCore

extension JSONCursor {
    /// Takes an id: a string of digits, or a number (as an id comes back that we sent and that is not snowflake-sized).
    mutating func snowflake() throws(JSONSyntaxError) -> Snowflake {
        let offset = offset
        guard isAtString else {
            guard let value = UInt64(exactly: try integer()) else { throw .otherKind(at: offset) }
            return Snowflake(value)
        }
        let text = try rawString()
        guard let first = text.bytes.first, first != UInt8(ascii: "0"), text.bytes.count <= 20 else {
            throw .otherKind(at: offset)
        }
        var value: UInt64 = 0
        for byte in text.bytes {
            let digit = byte &- UInt8(ascii: "0")
            let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = shifted.addingReportingOverflow(UInt64(digit))
            guard digit < 10, !isTooLarge, !overflows else { throw .otherKind(at: offset) }
            value = sum
        }
        return Snowflake(value)
    }

    mutating func optionalSnowflake() throws(JSONSyntaxError) -> Snowflake? {
        try takesNull() ? nil : try snowflake()
    }

    mutating func snowflakes() throws -> [Snowflake] {
        var ids: [Snowflake] = []
        try elements { ids.append(try $0.snowflake()) }
        return ids
    }

    mutating func optionalTimestamp() throws(JSONSyntaxError) -> Timestamp? {
        let offset = offset
        guard let text = try optionalString() else { return nil }
        guard let time = Timestamp(text) else { throw .otherKind(at: offset) }
        return time
    }

    mutating func optionalBool() throws(JSONSyntaxError) -> Bool? {
        try takesNull() ? nil : try bool()
    }

    mutating func optionalInteger() throws(JSONSyntaxError) -> Int? {
        try takesNull() ? nil : Int(try integer())
    }

    /// Skips an array, or null, and says whether it has anything in it.
    mutating func skipsContent() throws -> Bool {
        guard try !takesNull() else { return false }
        var isEmpty = true
        try elements { _ in isEmpty = false }
        return !isEmpty
    }

    /// Reads an object, or null.
    mutating func optionalMembers(_ body: (JSONText, inout JSONCursor) throws -> Void) throws {
        guard try !takesNull() else { return }
        try members(body)
    }

    /// Throws when a member that must be there is not.
    func required<Value>(_ value: Value?) throws(JSONSyntaxError) -> Value {
        guard let value else { throw JSONSyntaxError(reason: .missingMember, offset: offset) }
        return value
    }
}

extension JSONSyntaxError {
    fileprivate static func otherKind(at offset: Int) -> JSONSyntaxError {
        JSONSyntaxError(reason: .otherKind, offset: offset)
    }
}

/// A model that is read in one pass over the text, for the events that come most.
public protocol JSONReadable {
    init(json cursor: inout JSONCursor) throws
}

extension GatewayDispatch {
    /// The event as a model, in one pass; throws `JSONSyntaxError`.
    public func read<Event: JSONReadable>(_ type: Event.Type) throws -> Event {
        try JSONCursor.read(data) { try Event(json: &$0) }
    }
}
