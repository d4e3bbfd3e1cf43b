import Testing

@testable import MCP

@Suite struct SchemaPatternTests {
    @Test(arguments: [
        ("^[0-9]{2,3}$", ["12", "123"], ["1", "1234", "a12", "12\n"]), ("^a*b$", ["b", "aaab"], ["a", "ba"]),
        ("b+", ["b", "abba"], ["", "aaa"]), ("^a?b?$", ["", "a", "b", "ab"], ["ba", "aa"]),
        ("^[^/]+$", ["abc", "é"], ["", "a/b"]), ("^\\d{2}-\\w+$", ["12-a_9"], ["1-a", "12-"]),
        ("^.$", ["a", "😀"], ["", "\n", "ab"]), ("^[a-z]*[a-z]*x$", ["x", "abcx"], ["abc"]),
        ("^\\.\\$$", [".$"], ["a$", "."]), ("", ["", "anything"], []), ("^[\\]\\-a]{3}$", ["]-a"], ["b]-"]),
        ("^[a-]+$", ["a-"], ["b"]), ("^(a|bc)+$", ["a", "bcabc"], ["", "b", "ac"]), ("a|b", ["xa", "b"], ["c", ""]),
        ("^(?:ab){2}$", ["abab"], ["ab", "ababab"]), ("^(?<year>\\d{4})(-\\d\\d)?$", ["2026", "2026-07"], ["2026-7"]),
        ("^\\S+@\\S+$", ["a@b"], ["a b", "@"]), ("\\bcat\\b", ["a cat!", "cat"], ["cats", "scat"]),
        ("^\\p{Lu}\\P{Lu}*$", ["Äb", "A"], ["a", "AB"]), ("^\\u0041\\x42\\cJ$", ["AB\n"], ["ab"]),
        ("a^b", [], ["a", "ab"]),
        ("[]", [], ["", "a"]), ("^[^]$", ["a", "\n"], [""]), ("^(a*)*$", ["", "aaa"], ["b"]),
        ("^a{0}b??$", ["", "b"], ["a"]),
        ("^[\\d\\-x]+$", ["1-x"], ["y"]),
    ])
    func matches(_ pattern: String, _ fitting: [String], _ unfitting: [String]) throws {
        let compiled = try #require(SchemaPattern(pattern))
        for text in fitting { #expect(compiled.matches(text), "\(pattern) should take \(text)") }
        for text in unfitting { #expect(!compiled.matches(text), "\(pattern) should refuse \(text)") }
    }

    @Test(arguments: [
        "(", "(a", ")", "*", "a{2", "a{3,2}", "a{x}", "[a", "[z-a]", "\\q", "\\", "a**", "(?=a)", "(?<!a)", "(a)\\1",
        "\\p{Nope}", "((((a{20}){20}){20}){20})",
    ])
    func refuses(_ pattern: String) {
        #expect(SchemaPattern(pattern) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func takesLinearTime() throws {
        let pattern = try #require(SchemaPattern("^[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*b$"))
        #expect(!pattern.matches(String(repeating: "a", count: 100_000)))
        let nested = try #require(SchemaPattern("^((a+)+)+b$"))
        #expect(!nested.matches(String(repeating: "a", count: 10_000)))
    }
}
