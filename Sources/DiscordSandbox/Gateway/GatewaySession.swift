import Contracts

/// What outlives a connection: the sequence and the events that a RESUME may ask for again.
struct GatewaySession: Sendable {
    static let replayCapacity = 5000

    let id: String
    let botID: Snowflake
    let intents: Intents
    let shard: Shard
    /// Above so many members a guild comes without those who are offline.
    var largeThreshold = 50
    private(set) var sequence = 0
    private var sent: [(sequence: Int, payload: [UInt8])] = []
    var connection: UInt64?
    /// When the last connection was lost.
    var detachedAt: Timestamp?

    struct Shard: Equatable, Sendable {
        var id = 0
        var count = 1

        /// Source: <https://discord.com/developers/docs/events/gateway#sharding>
        func holds(_ guildID: Snowflake) -> Bool { (guildID.rawValue >> 22) % UInt64(count) == UInt64(id) }
    }

    init(id: String, botID: Snowflake, intents: Intents, shard: Shard) {
        self.id = id
        self.botID = botID
        self.intents = intents
        self.shard = shard
    }

    /// Numbers a dispatch and, unless it makes no sense to repeat it, remembers it.
    mutating func number(_ name: String, _ data: [UInt8], isReplayable: Bool = true) -> [UInt8] {
        sequence += 1
        let payload = Array(#"{"op":0,"t":"\#(name)","s":\#(sequence),"d":"#.utf8) + data + [UInt8(ascii: "}")]
        if isReplayable { sent.append((sequence, payload)) }
        if sent.count >= 2 * Self.replayCapacity { sent.removeFirst(Self.replayCapacity) }
        return payload
    }

    var last: [UInt8]? { sent.last?.payload }

    /// nil when some of them are forgotten already.
    func replay(after sequence: Int) -> [[UInt8]]? {
        if let oldest = sent.first?.sequence, oldest > sequence + 1 { return nil }
        return sent.filter { $0.sequence > sequence }.map(\.payload)
    }
}
