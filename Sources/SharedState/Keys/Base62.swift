/// Digits, capitals, small letters: text that survives double clicks, URLs and shells.
enum Base62 {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func random(_ length: Int, using random: inout some RandomNumberGenerator) -> String {
        String(decoding: (0..<length).map { _ in alphabet[Int.random(in: 0..<62, using: &random)] }, as: UTF8.self)
    }

    /// The number with leading zeroes; `length` digits must be enough for it.
    static func encode(_ number: UInt32, length: Int) -> String {
        var rest = number
        var digits: [UInt8] = []
        for _ in 0..<length {
            digits.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    static func isValid(_ text: some StringProtocol, length: Int) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy(alphabet.contains)
    }
}
