import TestSupport
import Testing

@testable import SharedState

@Suite struct APIKeyTests {
    @Test func roundTrip() throws {
        var random = SeededGenerator(seed: 7)
        for index in 0..<200 {
            let key = APIKey(environment: "live", tenant: "t\(index)", using: &random)
            let parsed = try #require(APIKey(key.text))
            #expect(parsed == key)
            #expect(key.text.utf8.count == "dmcp_live_".utf8.count + 10 + 1 + 43 + 1 + 6)
        }
    }

    @Test func everyChangedCharacterIsNoticed() {
        var random = SeededGenerator(seed: 8)
        let text = Array(APIKey(tenant: "default", using: &random).text.utf8)
        for index in text.indices {
            for replacement in [UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "0"), UInt8(ascii: "_")]
            where replacement != text[index] {
                var changed = text
                changed[index] = replacement
                #expect(APIKey(String(decoding: changed, as: UTF8.self)) == nil)
            }
        }
        #expect(APIKey(String(decoding: text.dropLast(), as: UTF8.self)) == nil)
        #expect(APIKey(String(decoding: text, as: UTF8.self) + " ") == nil)
    }

    @Test func keysOfOneTenantShareTheSlot() {
        var random = SeededGenerator(seed: 9)
        let ids = (0..<10).map { _ in APIKey(tenant: "acme", using: &random).id }
        #expect(Set(ids.map { $0.prefix(3) }).count == 1)
        #expect(Set(ids).count == 10)
        #expect(KeyNames.record(ids[0]).hasPrefix("dmcp:{\(ids[0].prefix(3))}:"))
    }

    @Test func secretStaysOutOfWords() {
        var random = SeededGenerator(seed: 10)
        let key = APIKey(tenant: "default", using: &random)
        var dumped = ""
        dump(key, to: &dumped)
        for words in ["\(key)", String(reflecting: key), dumped] {
            #expect(!words.contains(key.secret))
        }
    }

    /// The check value of the algorithm's catalogue entry.
    @Test func checksum() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Base62.encode(.max, length: 6) == "4gfFC3")
    }
}
