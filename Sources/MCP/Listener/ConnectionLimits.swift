/// How long a connection may take, against clients that hold connections and send nothing.
public struct ConnectionLimits: Sendable {
    /// From the opening of a connection to the end of the first request's head.
    public var firstHead: Duration
    /// From a response to the end of the next request's head.
    public var idle: Duration
    /// From a request's head to the end of its body.
    public var body: Duration
    /// While there is more for the client than its connection takes, how long it may not catch up.
    public var stall: Duration
    /// While the server drains, how long a connection without a request stays open for the one that may be on its way.
    public var drainIdle: Duration
    /// While the server drains, when even a connection with a request is closed.
    public var drain: Duration

    public init(
        firstHead: Duration = .seconds(10),
        idle: Duration = .seconds(75),
        body: Duration = .seconds(30),
        stall: Duration = .seconds(60),
        drainIdle: Duration = .seconds(1),
        drain: Duration = .seconds(20)
    ) {
        self.firstHead = firstHead
        self.idle = idle
        self.body = body
        self.stall = stall
        self.drainIdle = drainIdle
        self.drain = drain
    }
}
