public import Contracts

/// Which messages of a channel are asked for. Bounds are exclusive.
///
/// As Discord has it: the newest messages below `before`, or with `after` alone the messages right after it; always
/// listed newest first. With both bounds: the newest messages between them.
/// Source: <https://discord.com/developers/docs/resources/message#get-channel-messages>
public struct MessagePage: Hashable, Sendable {
    public var before: Snowflake?
    public var after: Snowflake?
    /// 1...100, Discord's limit of a page.
    public var limit: Int

    public init(before: Snowflake? = nil, after: Snowflake? = nil, limit: Int) {
        self.before = before
        self.after = after
        self.limit = limit
    }

    /// The page grows from its lower bound upwards.
    var isAscending: Bool { after != nil && before == nil }

    /// The lowest id that the page may hold.
    var lowestID: UInt64 {
        after.map { min($0.rawValue, Coverage.present) + 1 } ?? 0
    }

    /// The highest id that the page may hold.
    var highestID: UInt64 {
        before.map { min(max($0.rawValue, 1) - 1, Coverage.present) } ?? Coverage.present
    }
}
