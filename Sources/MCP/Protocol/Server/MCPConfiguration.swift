/// How a server presents itself, and its limits.
public struct MCPConfiguration: Sendable {
    public var name: String
    public var title: String?
    public var version: String
    public var websiteURL: String?
    /// What a model should know before it uses the tools.
    public var instructions: String?
    /// From the arrival of a request to the moment nobody waits any more.
    public var requestTimeout: Duration
    /// How long a client may keep a list of tools or resources before it asks again.
    public var listCache: Duration
    /// A legacy session ends after this.
    public var sessionLifetime: Duration
    /// Requests in one batch (2025-03-26 only).
    public var maximumBatch: Int
    public var json: JSONLimits

    public init(
        name: String,
        title: String? = nil,
        version: String,
        websiteURL: String? = nil,
        instructions: String? = nil,
        requestTimeout: Duration = .seconds(60),
        listCache: Duration = .seconds(60),
        sessionLifetime: Duration = .seconds(24 * 3600),
        maximumBatch: Int = 32,
        json: JSONLimits = JSONLimits()
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.websiteURL = websiteURL
        self.instructions = instructions
        self.requestTimeout = requestTimeout
        self.listCache = listCache
        self.sessionLifetime = sessionLifetime
        self.maximumBatch = maximumBatch
        self.json = json
    }
}
