internal import GRDB

/// Decides whether a text really holds a phrase, for what the indexes only promise: they know neither accents nor
/// where a word ends, and take `_` for a space.
///
/// The phrase's words must stand in the text one after the other, each whole and letter by letter, in either case;
/// between two of them there may be anything that is no part of a word. Where a script writes without spaces, a word
/// has no end to be seen, and a part of a run counts.
struct ExactPhrase {
    /// The name in SQL: `holds_phrase(text, phrase)`.
    static let function = DatabaseFunction("holds_phrase", argumentCount: 2, pure: true) { values in
        guard let text = String.fromDatabaseValue(values[0]), let phrase = String.fromDatabaseValue(values[1]) else {
            return nil
        }
        return ExactPhrase(phrase).isHeld(by: text)
    }

    private let words: [[Unicode.Scalar]]

    init(_ phrase: String) {
        words = phrase.split(separator: " ").map { Array($0.lowercased().unicodeScalars) }
    }

    func isHeld(by text: String) -> Bool {
        guard !words.isEmpty else { return true }
        let text = Array(text.lowercased().unicodeScalars)
        return text.indices.contains { holds(text, at: $0) }
    }

    private func holds(_ text: [Unicode.Scalar], at start: Int) -> Bool {
        var position = start
        for (index, word) in words.enumerated() {
            if index > 0 {
                let end = position
                while position < text.count, !text[position].isWordCharacter { position += 1 }
                guard position > end else { return false }
            }
            guard position + word.count <= text.count, text[position] == word[0],
                text[position..<position + word.count].elementsEqual(word),
                !joins(text, before: position), !joins(text, before: position + word.count)
            else { return false }
            position += word.count
        }
        return true
    }

    /// Whether one word goes on from the character before to this one.
    private func joins(_ text: [Unicode.Scalar], before index: Int) -> Bool {
        guard index > 0, index < text.count else { return false }
        let (left, right) = (text[index - 1], text[index])
        return left.isWordCharacter && right.isWordCharacter
            && !(left.isOfScriptWithoutSpaces || right.isOfScriptWithoutSpaces)
    }
}

extension Unicode.Scalar {
    /// Of a word as people see it; the selectors that make emoji colourful are marks, but of no word.
    fileprivate var isWordCharacter: Bool {
        (isWordPart && !(0xFE00...0xFE0F).contains(value)) || self == "_"
    }
}
