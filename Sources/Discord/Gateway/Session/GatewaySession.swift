/// Where a session stands: with it the gateway can be resumed, even by another process.
public struct GatewaySession: Hashable, Sendable, Codable {
    public var id: String
    public var resumeURL: String
    /// The last dispatch that counts as received. In a stored session: the last one whose effects were stored.
    public var sequence: Int
    /// A resumed session keeps the intents that it began with; with others it must not be resumed.
    public var intents: GatewayIntents
    /// Into how many shards the bot was divided when the session began: one of another division must not be resumed,
    /// since it is sent other guilds.
    public var shardCount: Int

    public init(id: String, resumeURL: String, sequence: Int, intents: GatewayIntents, shardCount: Int = 1) {
        self.id = id
        self.resumeURL = resumeURL
        self.sequence = sequence
        self.intents = intents
        self.shardCount = shardCount
    }
}
