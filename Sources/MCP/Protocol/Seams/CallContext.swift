/// What a provider may need to know of the request it serves, and its way to the client meanwhile.
///
/// In the modern era a client that closes its connection cancels its request: the task that serves it is cancelled. In
/// the legacy era only the client's word does that.
public struct CallContext: Sendable {
    public let caller: Caller
    /// Our id of the HTTP request, for log lines; the client sees it in `X-Request-Id`.
    public let requestID: String
    public let trace: TraceParent?
    /// A string or whole number with which the client wants to hear of progress.
    public let progressToken: JSONValue?
    private let limit: ContinuousClock.Instant
    private let channel: any CallChannel

    /// A context outside a request: nobody hears, and nobody can be asked.
    public init(
        caller: Caller,
        requestID: String,
        deadline: ContinuousClock.Instant,
        trace: TraceParent? = nil,
        progressToken: JSONValue? = nil
    ) {
        self.init(
            caller: caller, requestID: requestID, deadline: deadline, trace: trace, progressToken: progressToken,
            channel: NoChannel())
    }

    init(
        caller: Caller,
        requestID: String,
        deadline: ContinuousClock.Instant,
        trace: TraceParent?,
        progressToken: JSONValue?,
        channel: any CallChannel
    ) {
        self.caller = caller
        self.requestID = requestID
        self.trace = trace
        self.progressToken = progressToken
        limit = deadline
        self.channel = channel
    }

    /// Nobody waits for an answer after this. Time that a person took to answer a question does not count.
    public var deadline: ContinuousClock.Instant {
        limit + channel.waited
    }

    /// What the client can be asked.
    public var client: ClientCapabilities {
        channel.client
    }

    /// Tells the client how far the call is, when it wants to hear. Values must rise; too many are passed over.
    public func progress(_ value: Double, of total: Double? = nil, _ message: String? = nil) {
        channel.progress(Progress(value: value, total: total, message: message))
    }

    /// Sends a log message to the client, when it wants messages of that level.
    /// - Parameter data: for people and models outside: it must not tell anything about the inside.
    public func log(_ level: LogLevel, _ data: JSONValue, logger: String? = nil) async {
        await channel.log(LogMessage(level: level, logger: logger, data: data))
    }

    /// Asks the client questions, and returns when all are answered.
    ///
    /// In the modern era the answers come with a repetition of the request: then the call runs from its beginning again,
    /// and this returns at once. So nothing may be changed before the last question of a call.
    /// - Returns: an answer for each key; people may also decline.
    /// - Throws: -32021 when the client cannot be asked one of them (see ``client``); -32602 for an answer that does not
    ///   fit its question. Throws also to leave the call until the answers are there: let it pass.
    public func ask(
        _ questions: [Question],
        usage: AnswerUsage = .repeatable
    ) async throws(RequestFailure) -> [String: InputAnswer] {
        guard questions.allSatisfy({ $0.request.missing(in: client) == nil }) else {
            throw .rpc(.missingCapability(of: questions, client))
        }
        return try await channel.ask(questions, usage: usage)
    }

    /// Asks one question; see ``ask(_:usage:)``.
    public func ask(
        _ key: String,
        _ request: InputRequest,
        usage: AnswerUsage = .repeatable
    ) async throws(RequestFailure) -> InputAnswer {
        guard let answer = try await ask([Question(key, request)], usage: usage)[key] else {
            throw .rpc(.internalError)
        }
        return answer
    }

    /// Turns the call into a task (of the tasks extension) that the client asks for later: for a tool that gathers input
    /// first. Questions after this are asked through the task. Does nothing when the call is one already, or when the
    /// client does not know tasks and the tool does not require them.
    public func continueAsTask() throws(RequestFailure) {
        try channel.continueAsTask()
    }

    /// Lets a legacy client go that can come back for the rest of the answer; the call goes on.
    public func releaseClient() {
        channel.release()
    }

    /// Runs to its end what must not stay half done, although the client leaves or cancels meanwhile, and returns what
    /// it returned. `Task.isCancelled` tells afterwards whether anybody still waits.
    public func finishing<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let outcome = FinishedWork<Value>()
        await channel.finish { outcome.set(await work()) }
        return outcome.value
    }

    func issueConfirmation(excluding argument: String) throws(RequestFailure) -> String {
        try channel.issueConfirmation(excluding: argument)
    }

    func redeemConfirmation(_ token: String, excluding argument: String) async throws(RequestFailure) -> Bool {
        try await channel.redeemConfirmation(token, excluding: argument)
    }
}
