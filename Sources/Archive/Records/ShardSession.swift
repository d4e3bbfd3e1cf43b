/// What a shard needs to resume its session with Discord.
/// Source: <https://discord.com/developers/docs/events/gateway#resuming>
public struct ShardSession: Hashable, Sendable {
    public var shard: Int
    public var sessionID: String
    /// The last sequence whose event the archive holds.
    public var sequence: Int64
    public var resumeURL: String

    public init(shard: Int, sessionID: String, sequence: Int64, resumeURL: String) {
        self.shard = shard
        self.sessionID = sessionID
        self.sequence = sequence
        self.resumeURL = resumeURL
    }
}
