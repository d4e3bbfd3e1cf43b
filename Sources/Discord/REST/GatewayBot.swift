/// Where to connect, and how many sessions may still be started today.
/// Source: <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
public struct GatewayBot: Hashable, Sendable, Codable {
    /// The budget of IDENTIFYs over all shards. Going beyond it makes Discord reset the token.
    public struct SessionStartLimit: Hashable, Sendable, Codable {
        public var total: Int
        public var remaining: Int
        /// Milliseconds until `remaining` is `total` again.
        public var resetAfter: Int
        /// IDENTIFYs in 5 seconds.
        public var maxConcurrency: Int

        public init(total: Int, remaining: Int, resetAfter: Int, maxConcurrency: Int) {
            self.total = total
            self.remaining = remaining
            self.resetAfter = resetAfter
            self.maxConcurrency = maxConcurrency
        }

        enum CodingKeys: String, CodingKey {
            case total, remaining
            case resetAfter = "reset_after"
            case maxConcurrency = "max_concurrency"
        }
    }

    public var url: String
    public var shards: Int
    public var sessionStartLimit: SessionStartLimit

    public init(url: String, shards: Int, sessionStartLimit: SessionStartLimit) {
        self.url = url
        self.shards = shards
        self.sessionStartLimit = sessionStartLimit
    }

    enum CodingKeys: String, CodingKey {
        case url, shards
        case sessionStartLimit = "session_start_limit"
    }
}
