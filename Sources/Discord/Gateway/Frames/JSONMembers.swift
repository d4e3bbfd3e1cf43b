import JSONCore

/// The top-level members of a JSON object as byte ranges: enough to take an envelope off without reading its content.
struct JSONMembers {
    private let bytes: [UInt8]
    private var ranges: [(name: Range<Int>, value: Range<Int>)] = []

    /// Nil when the bytes are not one JSON object.
    init?(object bytes: [UInt8]) {
        self.bytes = bytes
        do {
            try JSONCursor.read(bytes) { cursor in
                try cursor.members { name, cursor in ranges.append((name.range, try cursor.skip())) }
            }
        } catch {
            return nil
        }
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
