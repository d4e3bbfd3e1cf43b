/// A set of characters in a pattern.
struct PatternSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    /// General categories, by the names of `\p{...}`, each perhaps negated.
    var categories: [(name: String, isNegated: Bool)] = []
    /// Sets whose complement belongs to this one.
    var complements: [[ClosedRange<UInt32>]] = []
    var isNegated = false

    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    static let space: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]
    static let lineEnds: [ClosedRange<UInt32>] = [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isIn =
            ranges.contains { $0.contains(scalar.value) }
            || complements.contains { set in !set.contains { $0.contains(scalar.value) } }
            || categories.contains { Self.category($0.name, has: scalar) != $0.isNegated }
        return isIn != isNegated
    }

    static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { scalar in word.contains { $0.contains(scalar.value) } } ?? false
    }

    /// Adds what a letter after a backslash stands for; false when it stands for no set.
    mutating func addClass(_ letter: Unicode.Scalar) -> Bool {
        switch letter {
        case "d": ranges += Self.digits
        case "w": ranges += Self.word
        case "s": ranges += Self.space
        case "D": complements.append(Self.digits)
        case "W": complements.append(Self.word)
        case "S": complements.append(Self.space)
        default: return false
        }
        return true
    }

    /// Whether `\p{name}` is known.
    static func isCategory(_ name: String) -> Bool {
        names[name] != nil
    }

    private static func category(_ name: String, has scalar: Unicode.Scalar) -> Bool {
        names[name]?.contains(scalar.properties.generalCategory) ?? false
    }

    private static let names: [String: Set<Unicode.GeneralCategory>] = {
        let letters: Set<Unicode.GeneralCategory> = [
            .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        ]
        let numbers: Set<Unicode.GeneralCategory> = [.decimalNumber, .letterNumber, .otherNumber]
        let punctuation: Set<Unicode.GeneralCategory> = [
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation,
        ]
        let symbols: Set<Unicode.GeneralCategory> = [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
        return [
            "L": letters, "Letter": letters, "Lu": [.uppercaseLetter], "Uppercase_Letter": [.uppercaseLetter],
            "Ll": [.lowercaseLetter], "Lowercase_Letter": [.lowercaseLetter], "Lt": [.titlecaseLetter],
            "Lm": [.modifierLetter], "Lo": [.otherLetter], "N": numbers, "Number": numbers, "Nd": [.decimalNumber],
            "digit": [.decimalNumber], "Nl": [.letterNumber], "No": [.otherNumber], "P": punctuation,
            "Punctuation": punctuation, "S": symbols, "Symbol": symbols, "Sc": [.currencySymbol],
            "Z": [.spaceSeparator, .lineSeparator, .paragraphSeparator], "Zs": [.spaceSeparator],
            "M": [.nonspacingMark, .spacingMark, .enclosingMark], "Cc": [.control],
        ]
    }()
}
