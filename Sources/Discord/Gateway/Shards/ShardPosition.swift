public import Contracts

/// One of the parts that a bot's guilds are divided into.
/// Source: <https://discord.com/developers/docs/events/gateway#sharding>
public struct ShardPosition: Hashable, Sendable {
    public var id: Int
    public var count: Int

    public init(id: Int = 0, count: Int = 1) {
        self.id = id
        self.count = count
    }

    /// Whether Discord sends this shard the events of the guild.
    public func holds(_ guild: Snowflake) -> Bool {
        Int(guild.rawValue >> 22) % count == id
    }
}

extension ShardPosition: CustomStringConvertible {
    public var description: String { "\(id)/\(count)" }
}
