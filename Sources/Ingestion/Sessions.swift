public import Archive
public import Discord

extension ShardSession {
    public init(shard: Int, _ session: GatewaySession) {
        self.init(
            shard: shard, sessionID: session.id, sequence: session.sequence, resumeURL: session.resumeURL,
            intents: session.intents.rawValue)
    }
}

extension GatewaySession {
    public init(_ session: ShardSession) {
        self.init(
            id: session.sessionID, resumeURL: session.resumeURL, sequence: session.sequence,
            intents: GatewayIntents(rawValue: session.intents),
            shardCount: ShardPosition(storageKey: session.shard).count)
    }

    /// Whether the session may be resumed while the gateway's address is set by the operator: one of another server
    /// (or of a sandbox that had another port) is not worth waiting for.
    public func isAt(_ address: String?) -> Bool {
        func server(_ url: String) -> Substring? {
            url.split(separator: "/", maxSplits: 2).dropFirst().first?.prefix { $0 != "?" && $0 != "/" }
        }
        return address.map { server($0) == server(resumeURL) } ?? true
    }
}
