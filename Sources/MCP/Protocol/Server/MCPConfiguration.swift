/// How a server presents itself, and its limits.
public struct MCPConfiguration: Sendable {
    /// The lists whose changes the server announces, and whether single resources can be subscribed to.
    public struct Announcements: Sendable {
        public var toolList = false
        public var promptList = false
        public var resourceList = false
        public var resources = false

        public init(
            toolList: Bool = false, promptList: Bool = false, resourceList: Bool = false, resources: Bool = false
        ) {
            self.toolList = toolList
            self.promptList = promptList
            self.resourceList = resourceList
            self.resources = resources
        }
    }

    public var name: String
    public var title: String?
    public var version: String
    public var websiteURL: String?
    /// What a model should know before it uses the tools.
    public var instructions: String?
    public var announces = Announcements()
    /// From the arrival of a request to the moment nobody waits any more.
    public var requestTimeout: Duration
    /// How long a person may take to answer a question or to confirm.
    public var inputTimeout = Duration.seconds(600)
    /// How long a client may keep a list of tools or resources before it asks again.
    public var listCache: Duration
    /// Elements of a list in one answer; the rest follows by cursor.
    public var pageSize = 100
    /// A legacy session ends after this.
    public var sessionLifetime: Duration
    /// Requests in one batch (2025-03-26 only).
    public var maximumBatch: Int
    /// A task's result is kept so long after its beginning.
    public var taskLifetime = Duration.seconds(900)
    /// A response that is silent for so long gets a sign of life.
    public var keepAlive = Duration.seconds(15)
    /// Streams of changes ask so often whether their caller is still let in.
    public var recheck = Duration.seconds(15)
    /// When a legacy client that lost its stream should come back.
    public var retry = Duration.seconds(1)
    public var streams = StreamLimits()
    public var tasks = TaskLimits()
    /// Check results of tools against their output schemas. That reads each result, which costs as much as the rest of
    /// a call: for tests, and for tools whose results come from somebody else.
    public var checksResults = false
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
