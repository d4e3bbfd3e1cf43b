public import HTTPTypes

/// The head of an HTTP request to the endpoint.
public struct MCPRequest: Sendable {
    public let method: HTTPRequest.Method
    public let headers: HTTPFields
    /// Ours, for logs and `X-Request-Id`.
    public let id: String
    public let received: ContinuousClock.Instant

    public init(
        method: HTTPRequest.Method,
        headers: HTTPFields,
        id: String,
        received: ContinuousClock.Instant = .now
    ) {
        self.method = method
        self.headers = headers
        self.id = id
        self.received = received
    }
}

/// A whole HTTP response.
public struct MCPResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: [UInt8]

    init(_ status: HTTPResponse.Status, headers: HTTPFields = HTTPFields()) {
        self.status = status
        self.headers = headers
        body = []
    }

    init(_ status: HTTPResponse.Status, headers: HTTPFields = HTTPFields(), json: [UInt8]) {
        self.init(status, headers: headers)
        self.headers[.contentType] = "application/json"
        body = json
    }

    init(_ problem: Problem, requestID: String) {
        self.init(problem.status, headers: problem.headers, json: problem.encoded(instance: requestID))
        headers[.contentType] = "application/problem+json"
    }
}

/// One message and what is known of its sender, on its way through the server.
struct Exchange: Sendable {
    let request: MCPRequest
    let admission: Admission
    let era: Era
    /// The body that the message's members were read from.
    let source: [UInt8]

    var caller: Caller {
        admission.caller
    }

    func context(_ message: RPCRequest, timeout: Duration) -> CallContext {
        let meta = message.meta
        let token = meta?[MetaKey.progressToken]
        return CallContext(
            caller: caller,
            requestID: request.id,
            deadline: request.received + timeout,
            trace: meta?[MetaKey.traceparent]?.string.flatMap {
                TraceParent($0, state: meta?[MetaKey.tracestate]?.string)
            },
            progressToken: token?.isProgressToken == true ? token : nil
        )
    }
}
