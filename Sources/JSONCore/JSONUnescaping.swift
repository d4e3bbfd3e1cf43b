/// Undoes the escapes of a string.
enum JSONUnescaping {
    /// - Parameters:
    ///   - bytes: what stands between the quotes; no backslash is its last byte.
    ///   - start: where that stands in the text, for the error.
    static func string(_ bytes: UnsafeBufferPointer<UInt8>, start: Int) throws(JSONSyntaxError) -> String {
        var reader = EscapeReader(bytes: bytes, start: start)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        while reader.position < bytes.count {
            let byte = bytes[reader.position]
            reader.position += 1
            if byte == UInt8(ascii: "\\") { try reader.escape(into: &result) } else { result.append(byte) }
        }
        guard let value = String(validating: result, as: UTF8.self) else {
            throw JSONSyntaxError(reason: .notUTF8, offset: start)
        }
        return value
    }
}

private struct EscapeReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let start: Int
    var position = 0

    mutating func escape(into result: inout [UInt8]) throws(JSONSyntaxError) {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "u"): try unicodeEscape(into: &result)
        default: throw failure(.badEscape, at: position - 1)
        }
    }

    private mutating func unicodeEscape(into result: inout [UInt8]) throws(JSONSyntaxError) {
        let begin = position
        var code = try fourHexDigits()
        if code & 0xFC00 == 0xD800 {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw failure(.loneSurrogate, at: begin) }
            position += 2
            let low = try fourHexDigits()
            guard low & 0xFC00 == 0xDC00 else { throw failure(.loneSurrogate, at: begin) }
            code = 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure(.loneSurrogate, at: begin) }
        result.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw failure(.badEscape, at: position) }
            position += 1
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    private func failure(_ reason: JSONSyntaxError.Reason, at position: Int) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: start + position)
    }
}
