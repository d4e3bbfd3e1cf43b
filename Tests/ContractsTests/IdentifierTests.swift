import Contracts
import TestSupport
import Testing

@Suite struct IdentifierTests {
    /// The example of Discord's documentation: https://discord.com/developers/docs/reference#snowflakes
    @Test func snowflakesTellTheirTime() throws {
        let id = try #require(Snowflake("175928847299117063"))
        #expect(id.unixMilliseconds == 1_462_015_105_796)
        #expect(Snowflake(unixMilliseconds: 1_462_015_105_796).rawValue == 175_928_847_298_985_984)
        #expect(Snowflake(unixMilliseconds: 0).rawValue == 0)
    }

    @Test(arguments: [
        "", "0", "01", "-1", "+1", "1.0", " 1", "1 ", "0x10", "18446744073709551616", "123456789012345678901", "١٢٣",
    ])
    func whatIsNoSnowflake(text: String) {
        #expect(Snowflake(text) == nil)
    }

    @Test func theLargestSnowflake() {
        #expect(Snowflake("18446744073709551615")?.rawValue == .max)
    }

    @Test func messageIDsAreUUIDsInOrderOfTime() {
        var random = SeededGenerator(seed: 5)
        let first = MessageID.make(unixMilliseconds: 1_780_000_000_000, using: &random)
        let second = MessageID.make(unixMilliseconds: 1_780_000_000_001, using: &random)
        #expect(first.high < second.high)
        #expect(first.high >> 12 & 0xF == 7)
        #expect(first.low >> 62 == 2)
        #expect(MessageID(bytes: first.bytes) == first)
        #expect(first.description.count == 36)
    }

    @Test func theSameDigestGivesTheSameID() {
        let digest = [UInt8](0..<32)
        #expect(MessageID(digest: digest).description == "00010203-0405-8607-8809-0a0b0c0d0e0f")
        #expect(MessageID(digest: digest) == MessageID(digest: digest.prefix(16)))
        #expect(MessageID(digest: digest.reversed()) != MessageID(digest: digest))
    }
}
