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

/// How a request was answered.
public enum MCPReply: Sendable {
    /// To be sent.
    case whole(MCPResponse)
    /// Sent already, through the sink.
    case streamed

    func adding(_ headers: HTTPFields) -> MCPReply {
        guard case .whole(var response) = self else { return self }
        response.headers.append(contentsOf: headers)
        return .whole(response)
    }
}

/// A whole HTTP response.
public struct MCPResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: [UInt8]

    init(_ status: HTTPResponse.Status, headers: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ status: HTTPResponse.Status, headers: HTTPFields = HTTPFields(), json: [UInt8]) {
        self.init(status, headers: headers, body: json)
        self.headers[.contentType] = "application/json"
    }

    init(_ problem: Problem, requestID: String) {
        self.init(problem.status, headers: problem.headers, json: problem.encoded(instance: requestID))
        headers[.contentType] = "application/problem+json"
    }
}

/// What a connection must know of the request it has in work.
public protocol RequestHold: Sendable {
    /// The caller is no stranger: the request is served now.
    /// - Throws: 503 when there is no place for it.
    func begins() throws(Problem)

    /// The request is no work any more but a stream that stays open: it takes no place among the requests.
    func becomesLongLived()

    /// The client may close its connection and still wants the work done: its request is not cancelled.
    func outlivesConnection()
}

public struct NoHold: RequestHold {
    public init() {}

    public func begins() {}

    public func becomesLongLived() {}

    public func outlivesConnection() {}
}

/// An HTTP request with a credential, not yet verified.
struct Arrival: Sendable {
    let request: MCPRequest
    let bearer: String
    let sink: any ResponseSink
    let hold: any RequestHold
}

/// One message and what is known of its sender, on its way through the server.
struct Exchange: Sendable {
    let arrival: Arrival
    let admission: Admission
    let era: Era
    /// The body that the message's members were read from.
    let source: [UInt8]
    /// Legacy only, once it is found.
    var session: SessionClaims?
    /// Nil in a batch: its elements have one answer together.
    var stream: ClientStream?

    var request: MCPRequest {
        arrival.request
    }

    var caller: Caller {
        admission.caller
    }
}
