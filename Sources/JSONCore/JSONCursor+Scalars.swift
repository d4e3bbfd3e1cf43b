extension JSONCursor {
    /// Takes a string as it stands in the text.
    public mutating func rawString() throws(JSONSyntaxError) -> JSONText {
        let start = position + 1
        let isEscaped = try skipString()
        return JSONText(
            bytes: UnsafeBufferPointer(rebasing: text[start..<position - 1]), isEscaped: isEscaped, start: start)
    }

    /// - Returns: whether there is an escape in it.
    @inline(__always)
    @discardableResult
    mutating func skipString() throws(JSONSyntaxError) -> Bool {
        try expect(UInt8(ascii: "\""))
        var isEscaped = false
        while true {
            skipPlainCharacters()
            let byte = try peek()
            position &+= 1
            if byte == UInt8(ascii: "\"") { return isEscaped }
            guard byte == UInt8(ascii: "\\") else {
                position -= 1
                throw failure(.controlCharacter)
            }
            isEscaped = true
            guard try peek() >= 0x20 else { throw failure(.badEscape) }
            position &+= 1
        }
    }

    /// Takes a string.
    public mutating func string() throws(JSONSyntaxError) -> String {
        try peek() == UInt8(ascii: "\"") ? try rawString().string() : try otherKind()
    }

    /// Takes a string, or null.
    public mutating func optionalString() throws(JSONSyntaxError) -> String? {
        try takesNull() ? nil : try string()
    }

    public mutating func bool() throws(JSONSyntaxError) -> Bool {
        switch try peek() {
        case UInt8(ascii: "t"):
            try literal("true")
            return true
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default: return try otherKind()
        }
    }

    /// Takes a whole number that an `Int64` holds.
    public mutating func integer() throws(JSONSyntaxError) -> Int64 {
        let start = position
        let byte = try peek()
        guard byte == UInt8(ascii: "-") || byte &- UInt8(ascii: "0") < 10 else { return try otherKind() }
        let digits = try rawNumber()
        if let value = Int64(String(decoding: digits, as: UTF8.self)) { return value }
        position = start
        return try otherKind()
    }

    /// Takes a null, if one stands here.
    public mutating func takesNull() throws(JSONSyntaxError) -> Bool {
        guard try peek() == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    /// Whether the next value is an object.
    public var isAtObject: Bool { position < text.count && text[position] == UInt8(ascii: "{") }

    /// Whether the next value is a string.
    public var isAtString: Bool { position < text.count && text[position] == UInt8(ascii: "\"") }

    /// What is here is JSON, but not what is wanted.
    private func otherKind<Value>() throws(JSONSyntaxError) -> Value { throw failure(.otherKind) }

    /// Takes a number in JSON's grammar.
    mutating func rawNumber() throws(JSONSyntaxError) -> UnsafeBufferPointer<UInt8> {
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
        return UnsafeBufferPointer(rebasing: text[start..<position])
    }

    mutating func literal(_ word: StaticString) throws(JSONSyntaxError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position &+ index < text.count, text[position &+ index] == word.utf8Start[index] else {
                position &+= index
                throw failure(position < text.count ? .unexpectedByte : .unexpectedEnd)
            }
        }
        position &+= word.utf8CodeUnitCount
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position - start
    }

    /// To the next quote, backslash or control character, eight bytes at a time: of each byte the highest bit of
    /// `stops` says whether it is one. A borrow can set that bit wrongly only above a byte where it is set rightly.
    @inline(__always)
    mutating func skipPlainCharacters() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while position &+ 8 <= text.count, let base = text.baseAddress {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let control = (word &- (ones &* 0x20)) & ~word
            let stops =
                (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & (ones &* 0x80)
            if stops != 0 {
                position &+= stops.trailingZeroBitCount &>> 3
                return
            }
            position &+= 8
        }
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), ..<0x20: return
            default: position &+= 1
            }
        }
    }
}
