/// What a shard needs to resume its session with Discord.
/// Source: <https://discord.com/developers/docs/events/gateway#resuming>
public struct ShardSession: Hashable, Sendable {
    public var shard: Int
    public var sessionID: String
    /// The last sequence whose event the archive holds.
    public var sequence: Int
    public var resumeURL: String
    /// The intent bits that the session began with: with others it must not be resumed.
    public var intents: UInt32

    public init(shard: Int, sessionID: String, sequence: Int, resumeURL: String, intents: UInt32) {
        self.shard = shard
        self.sessionID = sessionID
        self.sequence = sequence
        self.resumeURL = resumeURL
        self.intents = intents
    }
}
