public import Contracts

extension ShardPlan {
    /// The shards of this process, in the order in which they are started.
    /// - Parameter recommended: what Discord recommends; only for `auto`.
    public func positions(recommended: Int) -> [ShardPosition] {
        switch self {
        case .auto: (0..<max(1, recommended)).map { ShardPosition(id: $0, count: max(1, recommended)) }
        case .all(let count): (0..<count).map { ShardPosition(id: $0, count: count) }
        case .range(let range, let count): range.map { ShardPosition(id: $0, count: count) }
        }
    }
}

extension ShardPosition {
    /// One number for a shard of one division, for storing: what belongs to a shard of another division is never taken
    /// for this one's. That of an undivided bot is 0.
    public var storageKey: Int { (count - 1) << 32 | id }

    public init(storageKey: Int) {
        self.init(id: storageKey & 0xFFFF_FFFF, count: (storageKey >> 32) + 1)
    }
}
