import Testing

@testable import JSONCore

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("1", "1.0", true), ("1e2", "100", true), ("-0", "0", true), ("0.5", "5e-1", true), ("1", "2", false),
        ("9007199254740993", "9007199254740992", false), ("1e400", "1e401", false), ("1e400", "1e400", true),
        ("99999999999999999999", "99999999999999999998", false), ("[1,2]", "[2,1]", false),
        (#"{"a":1,"b":2}"#, #"{"b":2,"a":1.0}"#, true), (#"{"a":1}"#, #"{"a":1,"b":2}"#, false),
        (#"{"a":1}"#, #"{"b":1}"#, false), ("null", "false", false), (#""1""#, "1", false),
    ])
    func equality(_ left: String, _ right: String, _ same: Bool) throws {
        let (left, right) = (try JSONReader.read(Array(left.utf8)), try JSONReader.read(Array(right.utf8)))
        #expect((left == right) == same)
        if same { #expect(left.hashValue == right.hashValue) }
    }

    @Test(arguments: [
        ("1", 1 as Int64?, true), ("1.0", 1, true), ("1e3", 1000, true), ("1.5", nil, false), ("1e400", nil, false),
        ("123456789012345678901234567890", nil, true), ("9223372036854775807", .max, true),
        ("9223372036854775808", nil, true), ("-9223372036854775808", .min, true), ("1e-400", 0, true),
    ])
    func integers(_ text: String, _ integer: Int64?, _ isInteger: Bool) {
        let number = JSONNumber(validated: text)
        #expect(number.integer == integer)
        #expect(number.isInteger == isInteger)
    }

    @Test func writerPutsCommasAndSplices() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", 1)
            writer.name("list")
            writer.array { writer in
                writer.bool(true)
                writer.null()
                writer.raw(Array(#"{"ready":1}"#.utf8))
                writer.array { _ in }
            }
            writer.member("absent", ifPresent: nil)
            writer.member("text", "\"\\\n\u{1}é")
        }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"{"a":1,"list":[true,null,{"ready":1},[]],"text":"\"\\\n\u0001é"}"#
        )
    }
}
