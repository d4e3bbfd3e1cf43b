import Testing

@testable import DiscordSandbox

@Suite struct JSONTests {
    @Test("What is written reads back the same", arguments: 1...20 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = DiscordSandbox.SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = Self.value(&random, depth: 4)
            #expect(try JSONParser.parse(value.utf8) == value, "seed \(seed)")
        }
    }

    private static func value(_ random: inout DiscordSandbox.SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int.random(in: .min ... .max, using: &random))
        case 3: return .double(Double.random(in: -1e9...1e9, using: &random))
        case 4:
            let scalars: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "é", "日", "👩‍🚀", "/"]
            return .string(String((0..<6).map { _ in scalars[Int.random(in: 0..<scalars.count, using: &random)] }))
        case 5: return .array((0..<3).map { _ in value(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for key in 0..<3 { object["k\(key)"] = value(&random, depth: depth - 1) }
            return .object(object)
        }
    }

    @Test(
        "Broken JSON is refused",
        arguments: [
            "", "{", "{\"a\":}", "[1,]", "01", "1.", "+1", "nul", "\"\\x\"", "\"\u{1}\"", "\"\\ud800\"", "{} x", "'a'",
            "-",
            String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
        ])
    func refuses(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test("Times are written and read as ISO 8601", arguments: [0, 951_782_400_123, 1_790_000_000_001, -1] as [Int64])
    func timestamps(milliseconds: Int64) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(Timestamp(iso8601: time.description) == time)
    }

    @Test func timestampsOfOthersAreRead() {
        #expect(Timestamp(milliseconds: 951_782_400_000).description == "2000-02-29T00:00:00.000000+00:00")
        #expect(Timestamp(iso8601: "2000-02-29T02:00:00+02:00")?.milliseconds == 951_782_400_000)
        #expect(Timestamp(iso8601: "2000-02-29T00:00:00.5Z")?.milliseconds == 951_782_400_500)
        for bad in ["", "2000-02-29", "2000-13-01T00:00:00Z", "2000-01-01T25:00:00Z", "2000-01-01T00:00:00Zx"] {
            #expect(Timestamp(iso8601: bad) == nil)
        }
    }

    @Test func formErrorsNest() {
        let error = APIError.form("embeds.0.title", "X", "too long")
        #expect(error.json["errors"]?["embeds"]?["0"]?["title"]?["_errors"]?.array?.first?["code"]?.string == "X")
    }
}
