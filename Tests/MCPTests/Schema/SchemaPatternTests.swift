import Testing

@testable import MCP

@Suite struct SchemaPatternTests {
    @Test(arguments: [
        ("^[0-9]{2,3}$", ["12", "123"], ["1", "1234", "a12", "12\n"]), ("^a*b$", ["b", "aaab"], ["a", "ba"]),
        ("b+", ["b", "abba"], ["", "aaa"]), ("^a?b?$", ["", "a", "b", "ab"], ["ba", "aa"]),
        ("^[^/]+$", ["abc", "é"], ["", "a/b"]), ("^\\d{2}-\\w+$", ["12-a_9"], ["1-a", "12-"]),
        ("^.$", ["a", "😀"], ["", "\n", "ab"]), ("^[a-z]*[a-z]*x$", ["x", "abcx"], ["abc"]),
        ("^\\.\\$$", [".$"], ["a$", "."]), ("", ["", "anything"], []), ("^[\\]\\-a]{3}$", ["]-a"], ["b]-"]),
        ("^[a-]+$", ["a-"], ["b"]),
    ])
    func matches(_ pattern: String, _ fitting: [String], _ unfitting: [String]) throws {
        let compiled = try #require(SchemaPattern(pattern))
        for text in fitting { #expect(compiled.matches(text), "\(pattern) should take \(text)") }
        for text in unfitting { #expect(!compiled.matches(text), "\(pattern) should refuse \(text)") }
    }

    @Test(arguments: [
        "(a)", "a|b", "*", "a{2", "a{3,2}", "a{x}", "[a", "[]", "[z-a]", "\\q", "a^b", "a$b", "\\", "a**",
    ])
    func refuses(_ pattern: String) {
        #expect(SchemaPattern(pattern) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func takesLinearTime() throws {
        let pattern = try #require(SchemaPattern("^[a]*[a]*[a]*[a]*[a]*[a]*[a]*[a]*b$"))
        #expect(!pattern.matches(String(repeating: "a", count: 100_000)))
    }
}
