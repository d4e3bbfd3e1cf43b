import Contracts

/// One setting with the type of its value; the catalogue is in `Setting+Catalogue.swift`.
public struct Setting<Value: Sendable>: Sendable {
    public let definition: SettingDefinition
    let fallback: Value
    let decode: @Sendable (String) -> Value?

    public var name: String { definition.name }

    init(
        _ name: String,
        _ summary: String,
        fallback: Value,
        defaultText: String?,
        isSecret: Bool = false,
        readers: Set<ProcessRole>,
        expected: String,
        decode: @escaping @Sendable (String) -> Value?
    ) {
        definition = SettingDefinition(
            name: name, defaultText: defaultText, isSecret: isSecret, summary: summary, readers: readers,
            problem: { decode($0) == nil ? "must be \(expected)" : nil })
        self.fallback = fallback
        self.decode = decode
    }
}

extension Setting where Value == String {
    init(
        _ name: String,
        _ summary: String,
        default text: String,
        readers: Set<ProcessRole>,
        expected: String = "a text",
        where isGood: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.init(
            name, summary, fallback: text, defaultText: text, readers: readers, expected: expected,
            decode: { isGood($0) ? $0 : nil })
    }
}

extension Setting where Value == String? {
    init(
        _ name: String,
        _ summary: String,
        isSecret: Bool = false,
        readers: Set<ProcessRole>,
        expected: String = "a text",
        where isGood: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.init(
            name, summary, fallback: nil, defaultText: nil, isSecret: isSecret, readers: readers, expected: expected,
            decode: { isGood($0) ? .some($0) : nil })
    }
}

extension Setting where Value == Int {
    init(
        _ name: String,
        _ summary: String,
        default number: Int,
        in range: ClosedRange<Int>,
        readers: Set<ProcessRole>
    ) {
        self.init(
            name, summary, fallback: number, defaultText: String(number), readers: readers,
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            decode: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } })
    }
}

extension Setting where Value == Bool {
    init(_ name: String, _ summary: String, default flag: Bool, readers: Set<ProcessRole>) {
        self.init(
            name, summary, fallback: flag, defaultText: String(flag), readers: readers,
            expected: "true or false",
            decode: { text in
                switch text.lowercased() {
                case "true", "yes", "on", "1": true
                case "false", "no", "off", "0": false
                default: nil
                }
            })
    }
}

extension Setting where Value == [String] {
    /// - Parameter known: the only elements that there are; nil: any.
    init(_ name: String, _ summary: String, readers: Set<ProcessRole>, known: [String]? = nil) {
        self.init(
            name, summary, fallback: [], defaultText: nil, readers: readers,
            expected: "a list divided by commas" + (known.map { " of \($0.joined(separator: ", "))" } ?? ""),
            decode: { text in
                let elements = text.split(separator: ",").map { String($0.trimmingSpaces()) }.filter { !$0.isEmpty }
                return elements.allSatisfy { known?.contains($0) ?? true } ? elements : nil
            })
    }
}

extension StringProtocol {
    func trimmingSpaces() -> SubSequence {
        let isSpace = { (character: Character) in character.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return self[startIndex..<startIndex]
        }
        return self[first...last]
    }
}
