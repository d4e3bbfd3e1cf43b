import TestSupport
import Testing

@testable import JSONCore

@Suite struct JSONCursorTests {
    private func read<Value>(_ json: String, _ body: (inout JSONCursor) throws -> Value) throws -> Value {
        try JSONCursor.read(Array(json.utf8), body)
    }

    @Test func membersArePickedAndTheRestIsSkipped() throws {
        let json = #"""
            {"skipped": {"deep": [1, {"x": "}\"]"}], "n": -1.5e3}, "id": "42", "name": "a\"bé\ud83d\ude00",
             "flag": true, "count": -7, "none": null, "list": ["a", 1, "b", [], {}], "\u0074ail": "z"}
            """#
        var found: [String] = []
        try read(json) { cursor in
            try cursor.members { name, cursor in
                switch name {
                case "id": found.append(try cursor.string())
                case "name": found.append(try cursor.string())
                case "flag": found.append("\(try cursor.bool())")
                case "count": found.append("\(try cursor.integer())")
                case "none": found.append("\(String(describing: try cursor.optionalString()))")
                case "list":
                    try cursor.elements { cursor in if cursor.isAtString { found.append(try cursor.string()) } }
                case "tail": found.append(try cursor.string())
                default: break
                }
            }
        }
        #expect(found == ["42", "a\"bé😀", "true", "-7", "nil", "a", "b", "z"])
    }

    @Test func skippingSaysWhereAValueStands() throws {
        let bytes = Array(#"{"a": [1, {"b": "]"}] , "c":0}"#.utf8)
        var ranges: [String] = []
        try JSONCursor.read(bytes) { cursor in
            try cursor.members { _, cursor in ranges.append(String(decoding: bytes[try cursor.skip()], as: UTF8.self)) }
        }
        #expect(ranges == [#"[1, {"b": "]"}]"#, "0"])
    }

    @Test(arguments: [
        (#"{"a":"x"}"#, JSONSyntaxError.Reason.otherKind), (#"{"a":1.5}"#, .otherKind), (#"{"a":null}"#, .otherKind),
        (#"{"a":99999999999999999999}"#, .otherKind), (#"{"a":1"#, .unexpectedEnd), (#"{"a":1,}"#, .unexpectedByte),
        (#"{"a":1}x"#, .unexpectedByte), ("[]", .unexpectedByte), ("", .unexpectedEnd),
        (#"{"b":[1,{]}"#, .unexpectedByte),
        (#"{"b":tru}"#, .unexpectedByte), (#"{"b":01}"#, .unexpectedByte), ("{\"b\":\"\n\"}", .controlCharacter),
    ])
    func whatIsWrongIsTold(_ json: String, _ reason: JSONSyntaxError.Reason) {
        #expect {
            try read(json) { cursor in
                try cursor.members { name, cursor in if name == "a" { _ = try cursor.integer() } }
            }
        } throws: { ($0 as? JSONSyntaxError)?.reason == reason }
    }

    @Test func depthIsBounded() throws {
        let deep = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        try read(deep) { _ = try $0.skip() }
        #expect(throws: JSONSyntaxError.self) { try read("[" + deep + "]") { _ = try $0.skip() } }
    }

    /// Wherever a string's end, its escapes and its characters lie within the eight bytes that are looked at together.
    @Test func everyAlignmentIsRead() throws {
        for before in 0..<17 {
            for piece in ["", "é", "\\n", "\\\\", "\u{7f}\u{80}", "😀"] {
                for after in 0..<17 {
                    let inside = String(repeating: "x", count: before) + piece + String(repeating: "y", count: after)
                    let expected = inside.replacing("\\n", with: "\n").replacing("\\\\", with: "\\")
                    let read = try read("[\"\(inside)\",1]") { cursor in
                        var strings: [String] = []
                        try cursor.elements { cursor in if cursor.isAtString { strings.append(try cursor.string()) } }
                        return strings
                    }
                    #expect(read == [expected])
                }
            }
        }
    }

    /// The strict reader takes nothing that the cursor cannot skip, and finds the same values.
    @Test(arguments: [UInt64(1), 2, 3, UInt64.random(in: 100 ... .max)])
    func whatTheReaderTakesTheCursorSkips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\u0041\"", "1", "-0.5e2", "true", "null", " ", "\"", "\\", "x",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            let isTaken = (try? JSONReader.read(Array(text.utf8))) != nil
            let isSkipped = (try? read(text) { _ = try $0.skip() }) != nil
            #expect(isSkipped || !isTaken, "seed \(seed): \(text)")
        }
    }
}
