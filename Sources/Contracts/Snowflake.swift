/// A Discord id: 64 bits, a decimal string in JSON.
/// Source: <https://discord.com/developers/docs/reference#snowflakes>
public struct Snowflake: RawRepresentable, Hashable, Comparable, Sendable {
    /// 2015-01-01T00:00:00Z in unix milliseconds.
    public static let epochMilliseconds: Int64 = 1_420_070_400_000

    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The id in its JSON form: 1 to 20 ASCII digits, not zero, no sign, no leading zero.
    public init?(_ text: some StringProtocol) {
        guard let first = text.utf8.first, text.utf8.count <= 20, first != UInt8(ascii: "0"),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let value = UInt64(text)
        else { return nil }
        rawValue = value
    }

    /// The smallest id that Discord could have made at that time; times before Discord's epoch give 0.
    public init(unixMilliseconds: Int64) {
        let since = max(0, unixMilliseconds - Self.epochMilliseconds)
        rawValue = UInt64(since) << 22
    }

    public var unixMilliseconds: Int64 {
        Int64(rawValue >> 22) + Self.epochMilliseconds
    }

    public static func < (left: Snowflake, right: Snowflake) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Snowflake: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

extension Snowflake: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self), let id = Snowflake(text) {
            self = id
        } else {
            // An id that we sent and that is not snowflake-sized can come back as a number.
            self.init(try container.decode(UInt64.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
