/// The top-level members of a JSON object as byte ranges: enough to take an envelope off without reading its content.
/// Checks brackets, strings and separators; scalars are checked by whoever decodes them.
struct JSONMembers {
    /// Deeper values are refused.
    static let maximumDepth = 128

    private let bytes: [UInt8]
    private var ranges: [(name: Range<Int>, value: Range<Int>)] = []

    /// Nil when the bytes are not one JSON object.
    init?(object bytes: [UInt8]) {
        self.bytes = bytes
        var scanner = JSONScanner(bytes)
        scanner.skipSpace()
        guard scanner.take("{") else { return nil }
        scanner.skipSpace()
        if !scanner.take("}") {
            repeat {
                scanner.skipSpace()
                guard let name = scanner.skipString() else { return nil }
                scanner.skipSpace()
                guard scanner.take(":") else { return nil }
                scanner.skipSpace()
                let start = scanner.index
                guard scanner.skipValue() else { return nil }
                // Without the quotes.
                ranges.append((name.lowerBound + 1..<name.upperBound - 1, start..<scanner.index))
                scanner.skipSpace()
            } while scanner.take(",")
            guard scanner.take("}") else { return nil }
        }
        scanner.skipSpace()
        guard scanner.isAtEnd else { return nil }
    }

    subscript(name: String) -> ArraySlice<UInt8>? {
        ranges.last { bytes[$0.name].elementsEqual(name.utf8) }.map { bytes[$0.value] }
    }

    func integer(_ name: String) -> Int? {
        self[name].flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// A string without escapes; nil for everything else.
    func plainString(_ name: String) -> String? {
        guard let value = self[name], value.first == UInt8(ascii: "\""), !value.contains(UInt8(ascii: "\\")) else {
            return nil
        }
        return String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
    }
}

private struct JSONScanner {
    private let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// The string's range with its quotes.
    mutating func skipString() -> Range<Int>? {
        let start = index
        guard take("\"") else { return nil }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return start..<index
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    /// Skips one value by matching brackets outside strings.
    mutating func skipValue() -> Bool {
        var open: [UInt8] = []
        repeat {
            guard index < bytes.count else { return false }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard skipString() != nil else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                // "{" and "}", "[" and "]" lie two apart in ASCII.
                open.append(bytes[index] + 2)
                guard open.count <= JSONMembers.maximumDepth else { return false }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard open.popLast() == bytes[index] else { return false }
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                guard !open.isEmpty else { return false }
                index += 1
            default:
                skipScalar()
            }
        } while !open.isEmpty
        return true
    }

    private mutating func skipScalar() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "{"),
                UInt8(ascii: "["), UInt8(ascii: "\""), 0x20, 0x0A, 0x0D, 0x09:
                return
            default: index += 1
            }
        }
    }
}
