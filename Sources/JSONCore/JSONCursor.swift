/// Walks through JSON text without building anything: whoever walks picks what it wants and skips the rest.
///
/// What is skipped is checked as far as brackets, separators and scalars go, but not inside strings: their escapes and
/// UTF-8 are looked at when they are taken. ``JSONReader`` is the strict reader of whole values, built on this one.
public struct JSONCursor {
    @usableFromInline let text: UnsafeBufferPointer<UInt8>
    @usableFromInline let depthLimit: Int
    /// Bytes from the start of the text.
    @usableFromInline var position = 0
    @usableFromInline var depth = 0

    /// - Parameters:
    ///   - text: must outlive the cursor and every ``JSONText`` taken from it.
    ///   - depthLimit: arrays and objects inside each other.
    public init(_ text: UnsafeBufferPointer<UInt8>, depthLimit: Int = 128) {
        self.text = text
        self.depthLimit = depthLimit
    }

    /// Reads the text's one value with `body`; nothing but white space may stand around it.
    public static func read<Value>(
        _ text: [UInt8],
        depthLimit: Int = 128,
        _ body: (inout JSONCursor) throws -> Value
    ) throws -> Value {
        try text.withUnsafeBufferPointer { try read($0, depthLimit: depthLimit, body) }
    }

    /// The same of text that somebody else keeps, until the call ends.
    public static func read<Value>(
        _ text: UnsafeBufferPointer<UInt8>,
        depthLimit: Int = 128,
        _ body: (inout JSONCursor) throws -> Value
    ) throws -> Value {
        var cursor = JSONCursor(text, depthLimit: depthLimit)
        cursor.skipWhitespace()
        let value = try body(&cursor)
        try cursor.end()
        return value
    }

    /// Where the next value, or what follows the last one, begins.
    public var offset: Int { position }

    /// Checks that nothing follows.
    public mutating func end() throws(JSONSyntaxError) {
        skipWhitespace()
        guard position == text.count else { throw failure(.unexpectedByte) }
    }

    /// Reads an object: `body` is called for each member and takes its value, or leaves it to be skipped.
    @inlinable
    public mutating func members(_ body: (JSONText, inout JSONCursor) throws -> Void) throws {
        try open(UInt8(ascii: "{"))
        defer { depth -= 1 }
        guard try !takes(UInt8(ascii: "}")) else { return }
        repeat {
            skipWhitespace()
            let name = try rawString()
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            skipWhitespace()
            let start = position
            try body(name, &self)
            if position == start { try skip() }
        } while try continues(to: UInt8(ascii: "}"))
    }

    /// Reads an array: `body` is called for each element and takes it, or leaves it to be skipped.
    @inlinable
    public mutating func elements(_ body: (inout JSONCursor) throws -> Void) throws {
        try open(UInt8(ascii: "["))
        defer { depth -= 1 }
        guard try !takes(UInt8(ascii: "]")) else { return }
        repeat {
            skipWhitespace()
            let start = position
            try body(&self)
            if position == start { try skip() }
        } while try continues(to: UInt8(ascii: "]"))
    }

    /// Skips one value.
    ///
    /// - Returns: where it stands in the text.
    @discardableResult
    public mutating func skip() throws(JSONSyntaxError) -> Range<Int> {
        let start = position
        switch try peek() {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"): try skipObject()
        case UInt8(ascii: "["): try skipArray()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try rawNumber()
        }
        return start..<position
    }

    private mutating func skipObject() throws(JSONSyntaxError) {
        try open(UInt8(ascii: "{"))
        if try !takes(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                try skipString()
                skipWhitespace()
                try expect(UInt8(ascii: ":"))
                skipWhitespace()
                try skip()
            } while try continues(to: UInt8(ascii: "}"))
        }
        depth -= 1
    }

    private mutating func skipArray() throws(JSONSyntaxError) {
        try open(UInt8(ascii: "["))
        if try !takes(UInt8(ascii: "]")) {
            repeat {
                skipWhitespace()
                try skip()
            } while try continues(to: UInt8(ascii: "]"))
        }
        depth -= 1
    }
}

// MARK: - Steps

extension JSONCursor {
    /// Takes an opening bracket.
    @inlinable @inline(__always)
    mutating func open(_ bracket: UInt8) throws(JSONSyntaxError) {
        try expect(bracket)
        depth += 1
        guard depth <= depthLimit else {
            position -= 1
            throw failure(.tooDeep)
        }
    }

    /// Takes a closing bracket, if one stands here.
    @inlinable @inline(__always)
    mutating func takes(_ bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        skipWhitespace()
        guard try peek() == bracket else { return false }
        position &+= 1
        return true
    }

    /// Takes a comma and goes on, or the closing bracket and does not.
    @inlinable @inline(__always)
    mutating func continues(to bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        skipWhitespace()
        if try peek() == bracket {
            position &+= 1
            return false
        }
        try expect(UInt8(ascii: ","))
        return true
    }

    @inlinable @inline(__always)
    mutating func expect(_ byte: UInt8) throws(JSONSyntaxError) {
        guard try peek() == byte else { throw failure(.unexpectedByte) }
        position &+= 1
    }

    @inlinable @inline(__always)
    func peek() throws(JSONSyntaxError) -> UInt8 {
        guard position < text.count else { throw failure(.unexpectedEnd) }
        return text[position]
    }

    @inlinable @inline(__always)
    mutating func skipWhitespace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    @usableFromInline
    func failure(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }
}
