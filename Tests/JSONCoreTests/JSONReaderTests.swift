import Testing

@testable import JSONCore

@Suite struct JSONReaderTests {
    /// Texts that every reader must take, in the manner of the public JSON parsing test suites.
    static let accepted: [String] = [
        "null", "true", "false", "0", "-0", "1", "-1", "10", "123456789012345678901234567890", "0.0", "-0.0", "1.5",
        "1e1", "1E1", "1e+1", "1e-1", "1.5e10", "-1.5E-10", "0e0", "0e1", "1e400", "-1e400", "1e-400", "\"\"",
        "\"a\"", "\" \"", "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"/\"", "\"\\b\\f\\n\\r\\t\"", "\"\\u0000\"",
        "\"\\u0041\"", "\"\\u00e9\"", "\"\\u00E9\"", "\"\\u20ac\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\\uDE00\"",
        "\"\\ufffe\"", "\"\\uffff\"", "\"\\u2028\"", "\"\\u007f\"", "\"\u{7f}\"", "\"é\"", "\"€\"", "\"😀\"",
        "\"\u{2028}\"", "\"\\\\u0041\"", "\"\\\\\\\"\"", "[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]",
        "[null,true,false,1,\"a\",[],{}]", "[\"\"]", "[1\n]", "\t[1]\r\n", " 1 ", "{}", "{ }", "{\"a\":1}",
        "{\"a\":1,\"b\":2}", "{ \"a\" : 1 }", "{\"\":0}", "{\"a\":{}}", "{\"a\":[]}", "{\"a\":{\"a\":{\"a\":1}}}",
        "{\"a\\u0000b\":1}", "{\"\\u0061\":1}", "{\"a\":null}", "{\"A\":1,\"a\":2}", "{\"long name with spaces\":1}",
        "{\"title\":\"\\u041f\\u043e\"}", "{\n\"a\": [\n1\n]\n}",
    ]

    /// Texts that no reader may take, and the reason we give.
    static let refused: [(String, JSONSyntaxError.Reason)] = [
        ("", .unexpectedEnd), (" ", .unexpectedEnd), ("nul", .unexpectedEnd), ("nulll", .unexpectedByte),
        ("NULL", .unexpectedByte), ("True", .unexpectedByte), ("tru", .unexpectedEnd), ("fals", .unexpectedEnd),
        ("truth", .unexpectedByte), ("undefined", .unexpectedByte), ("NaN", .unexpectedByte),
        ("Infinity", .unexpectedByte), ("-Infinity", .badNumber), ("-NaN", .badNumber), ("+1", .unexpectedByte),
        ("-", .unexpectedEnd), ("--1", .badNumber), ("01", .unexpectedByte), ("-01", .unexpectedByte),
        ("00", .unexpectedByte), ("1.", .badNumber), ("-1.", .badNumber), (".5", .unexpectedByte),
        ("-.5", .badNumber), ("1.e1", .badNumber), ("1e", .badNumber), ("1e+", .badNumber), ("1e-", .badNumber),
        ("1ee1", .badNumber), ("1e1.5", .unexpectedByte), ("0x10", .unexpectedByte), ("1 2", .unexpectedByte),
        ("1_000", .unexpectedByte), ("1,", .unexpectedByte), ("1a", .unexpectedByte), ("\u{FF11}", .unexpectedByte),
        ("\"", .unexpectedEnd), ("\"a", .unexpectedEnd), ("\"\\", .unexpectedEnd), ("\"\\\"", .unexpectedEnd),
        ("'a'", .unexpectedByte), ("a", .unexpectedByte), ("\"\\x41\"", .badEscape), ("\"\\a\"", .badEscape),
        ("\"\\'\"", .badEscape), ("\"\\0\"", .badEscape), ("\"\\U0041\"", .badEscape), ("\"\\u\"", .badEscape),
        ("\"\\u1\"", .badEscape), ("\"\\u12\"", .badEscape), ("\"\\u123\"", .badEscape), ("\"\\u12G4\"", .badEscape),
        ("\"\\u 123\"", .badEscape), ("\"\\u+123\"", .badEscape), ("\"\\u123", .unexpectedEnd),
        ("\"\\uD800\"", .loneSurrogate), ("\"\\uDC00\"", .loneSurrogate), ("\"\\uD800a\"", .loneSurrogate),
        ("\"\\uD800\\n\"", .loneSurrogate), ("\"\\uD800\\uD800\"", .loneSurrogate),
        ("\"\\uD800\\u0041\"", .loneSurrogate), ("\"\\uDE00\\uD83D\"", .loneSurrogate), ("\"\n\"", .controlCharacter),
        ("\"\t\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter), ("\"\u{1f}\"", .controlCharacter),
        ("\"\\n\u{1}\"", .controlCharacter), ("\"a\" b", .unexpectedByte), ("[", .unexpectedEnd),
        ("[1", .unexpectedEnd), ("[1,", .unexpectedEnd), ("[,", .unexpectedByte), ("[,1]", .unexpectedByte),
        ("[1,]", .unexpectedByte), ("[1,,2]", .unexpectedByte), ("[1 2]", .unexpectedByte), ("[1}", .unexpectedByte),
        ("]", .unexpectedByte), ("[]]", .unexpectedByte), ("[1]]", .unexpectedByte), ("[1:2]", .unexpectedByte),
        ("[\"a", .unexpectedEnd), ("[-]", .badNumber), ("{", .unexpectedEnd), ("}", .unexpectedByte),
        ("{]", .unexpectedByte), ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
        ("{\"a\":1,", .unexpectedEnd), ("{\"a\":1,}", .unexpectedByte), ("{\"a\"}", .unexpectedByte),
        ("{\"a\" 1}", .unexpectedByte), ("{\"a\":1 \"b\":2}", .unexpectedByte), ("{a:1}", .unexpectedByte),
        ("{'a':1}", .unexpectedByte), ("{1:1}", .unexpectedByte), ("{null:1}", .unexpectedByte),
        ("{,}", .unexpectedByte), ("{\"a\",1}", .unexpectedByte), ("{\"a\"::1}", .unexpectedByte),
        ("{\"a\":1}}", .unexpectedByte), ("{\"a\":1}#", .unexpectedByte), ("{\"a\":1}//", .unexpectedByte),
        ("/**/1", .unexpectedByte), ("[1]\u{c}", .unexpectedByte), ("\u{c}[1]", .unexpectedByte),
        ("\u{a0}1", .unexpectedByte), ("\u{FEFF}{}", .unexpectedByte), ("<.>", .unexpectedByte),
        ("{\"a\":1,\"a\":2}", .duplicateName), ("{\"a\":1,\"\\u0061\":1}", .duplicateName),
        ("[{\"b\":{\"x\":1,\"y\":2,\"x\":3}}]", .duplicateName),
    ]

    /// Bytes that are not UTF-8, inside a string.
    static let malformedUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE2, 0x82],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5],
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]

    @Test(arguments: accepted)
    func accepts(_ text: String) throws {
        let value = try JSONReader.read(Array(text.utf8))
        #expect(try JSONReader.read(value.encoded()) == value)
    }

    @Test(arguments: refused)
    func refuses(_ text: String, _ reason: JSONSyntaxError.Reason) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(Array(text.utf8)) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: malformedUTF8)
    func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
        for text in [[0x22] + bytes + [0x22], [0x22, 0x5C, 0x6E] + bytes + [0x22], bytes] {
            #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text) }
        }
    }

    @Test func keepsNumbersAsWritten() throws {
        for text in ["1.50", "1e400", "-0", "123456789012345678901234567890", "1E+2"] {
            #expect(String(decoding: try JSONReader.read(Array(text.utf8)).encoded(), as: UTF8.self) == text)
        }
    }

    @Test func keepsMembersInOrderAndKnowsWhereTheyStand() throws {
        let text = Array(#"{"z": 1, "a": {"deep" : [1, 2]}, "m": "x"}"#.utf8)
        let object = try #require(try JSONReader.read(text).object)
        #expect(object.members.map(\.name) == ["z", "a", "m"])
        let source = try #require(object.member("a")?.source)
        #expect(String(decoding: text[source], as: UTF8.self) == #"{"deep" : [1, 2]}"#)
    }

    @Test(arguments: ["[", "{\"a\":"])
    func boundsDepth(_ open: String) throws {
        let limits = JSONLimits(depth: 64)
        let close = open == "[" ? "]" : "}"
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: open, count: depth - 1) + (open == "[" ? "[]" : "{}")
                    + String(repeating: close, count: depth - 1)).utf8)
        }
        _ = try JSONReader.read(nested(64), limits: limits)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(nested(65), limits: limits) }
        #expect(error?.reason == .tooDeep)
        let endless = Array(String(repeating: open, count: 1_000_000).utf8)
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read(endless) }
    }

    @Test func boundsTheNumberOfValues() {
        let many = Array(("[" + String(repeating: "0,", count: 200_000) + "0]").utf8)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(many) }
        #expect(error?.reason == .tooManyValues)
    }

    @Test func findsDuplicatesInLargeObjects() throws {
        let members = (0..<5000).map { "\"n\($0)\":\($0)" }
        let object = try JSONReader.read(Array("{\(members.joined(separator: ","))}".utf8))
        #expect(object["n4999"]?.integer == 4999)
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONReader.read(Array("{\((members + ["\"n17\":0"]).joined(separator: ","))}".utf8))
        }
        #expect(error?.reason == .duplicateName)
    }
}
