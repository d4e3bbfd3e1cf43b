/// What a provider may need to know of the request it serves.
///
/// When the client goes away, the task that serves its request is cancelled.
public struct CallContext: Sendable {
    public let caller: Caller
    /// Our id of the HTTP request, for log lines; the client sees it in `X-Request-Id`.
    public let requestID: String
    /// Nobody waits for an answer after this.
    public let deadline: ContinuousClock.Instant
    public let trace: TraceParent?
    /// A string or whole number with which the client wants to hear of progress.
    public let progressToken: JSONValue?

    public init(
        caller: Caller,
        requestID: String,
        deadline: ContinuousClock.Instant,
        trace: TraceParent? = nil,
        progressToken: JSONValue? = nil
    ) {
        self.caller = caller
        self.requestID = requestID
        self.deadline = deadline
        self.trace = trace
        self.progressToken = progressToken
    }
}
