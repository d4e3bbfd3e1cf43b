/// A `.env` file: `NAME=value` lines, `#` comments, an optional `export`, values plain or in quotes.
enum EnvironmentFile {
    /// Reads the text; the fault names the lines that are no settings.
    static func parse(_ text: String, path: String) throws(ConfigurationFault) -> [String: String] {
        var values: [String: String] = [:]
        var problems: [String] = []
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var line = raw.trimmingSpaces()
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = line.dropFirst("export ".count).trimmingSpaces() }
            guard let equals = line.firstIndex(of: "="), isName(line[..<equals].trimmingSpaces()) else {
                problems.append("\(path) line \(index + 1) is not NAME=value.")
                continue
            }
            guard let value = value(of: line[line.index(after: equals)...].trimmingSpaces()) else {
                problems.append("\(path) line \(index + 1): the quote is not closed.")
                continue
            }
            values[String(line[..<equals].trimmingSpaces())] = value
        }
        if !problems.isEmpty { throw ConfigurationFault(problems) }
        return values
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func value(of text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // A comment after a plain value needs a space before it: `#` may be part of a password.
            let end = text.range(ofCommentStart: " #")
            return String(text[..<end].trimmingSpaces())
        }
        let rest = text.dropFirst()
        guard let end = rest.firstIndex(of: quote) else { return nil }
        return String(rest[..<end])
    }
}

extension Substring {
    fileprivate func range(ofCommentStart mark: String) -> Index {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(mark) { return index }
            index = self.index(after: index)
        }
        return endIndex
    }
}
