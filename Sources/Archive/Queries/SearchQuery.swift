/// What a person typed into a search: words that must all occur, and `"phrases"` in double quotes.
///
/// Nothing in it is an operator of the index: every text is a valid query.
public struct SearchQuery: Hashable, Sendable {
    /// Each term is looked up on its own.
    public static let maximumTerms = 32

    let terms: [SearchTerm]

    public init(_ text: String) {
        var terms: [SearchTerm] = []
        // Scalars, as SQLite sees them: a quote with a combining accent is one character, and a quote all the same.
        // NUL would end the text for SQLite.
        let scalars = text.unicodeScalars.filter { $0 != "\0" }
        // An odd part stands between two quotes; a quote that is not closed runs to the end.
        for (index, part) in scalars.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            let words = part.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
            if index.isMultiple(of: 2) {
                terms += words.map { SearchTerm(text: $0, isPhrase: false) }
            } else if !words.isEmpty {
                terms.append(SearchTerm(text: words.joined(separator: " "), isPhrase: true))
            }
        }
        self.terms = terms
    }

    /// Words and phrases; with none every message matches.
    public var termCount: Int { terms.count }
}

/// One word or phrase, and how each index is asked for it.
///
/// The text holds neither a double quote nor NUL, so that quoting it is enough.
struct SearchTerm: Hashable, Sendable {
    let text: String
    let isPhrase: Bool

    /// For `message_words`; nil where its tokens would say less than the term: in `c++` it sees only a `c`.
    var wordsQuery: String? {
        guard text.unicodeScalars.allSatisfy({ $0.isWordPart || $0 == " " }), !isShortWithoutSpaces else { return nil }
        if isPhrase, isWithoutSpaces { return nil }
        // As a prefix a very short word would find half of the archive.
        return isPhrase || text.utf8.count < 3 ? quoted : quoted + "*"
    }

    /// For `message_trigrams`; nil below its three characters, and for a phrase whose words say it all.
    var trigramsQuery: String? {
        text.unicodeScalars.count >= 3 && !(isPhrase && wordsQuery != nil) ? quoted : nil
    }

    /// For LIKE with the escape `\`: the last way, a scan, for one or two characters that are no word of their own.
    var likePattern: String? {
        guard wordsQuery == nil, trigramsQuery == nil else { return nil }
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern + "%"
    }

    private var quoted: String { "\"" + text + "\"" }

    /// What stands at an end may go on there without a new word: the words' index cannot find it.
    private var isWithoutSpaces: Bool {
        text.unicodeScalars.first?.isOfScriptWithoutSpaces == true
            || text.unicodeScalars.last?.isOfScriptWithoutSpaces == true
    }

    private var isShortWithoutSpaces: Bool {
        text.unicodeScalars.count < 3 && text.unicodeScalars.contains { $0.isOfScriptWithoutSpaces }
    }
}

extension Unicode.Scalar {
    /// What the tokenizer `unicode61` makes words of.
    var isWordPart: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }

    /// Scripts that write a sentence as one run, which `unicode61` takes for one word.
    var isOfScriptWithoutSpaces: Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF: true
        default: properties.isIdeographic
        }
    }
}
