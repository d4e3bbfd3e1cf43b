public import HTTPTypes

/// Decides who a caller is and whether it may go on now.
///
/// One call a request (one an element in a batch), made after the body is parsed: only then is the tool's name known,
/// and with it one round trip can check the credential, its revocation and the limits of the tool's class together.
/// Seen from outside authentication still comes first: a request without a credential is refused before its body is
/// read, and a bad credential is told before anything that is wrong with the body.
public protocol CallerAuthenticator: Sendable {
    /// What a request without a usable bearer credential gets: 401 with `WWW-Authenticate`. Nil: callers need none, and
    /// ``AdmissionRequest/bearer`` is then empty.
    var missingCredential: Problem? { get }

    /// - Throws: what to answer in place of a result: 401, 403, 429 or 503, with its headers.
    func admit(_ request: AdmissionRequest) async throws(Problem) -> Admission
}

/// What is known of a request when the caller is to be authenticated.
public struct AdmissionRequest: Sendable {
    /// The text after `Bearer`, unverified.
    public let bearer: String
    /// The method of the protocol; nil for a body that is none, a notification, or the end of a session.
    public let method: String?
    /// The tool that is called, as the caller names it: it may not exist.
    public let tool: String?
    public let requestID: String

    public init(bearer: String, method: String? = nil, tool: String? = nil, requestID: String) {
        self.bearer = bearer
        self.method = method
        self.tool = tool
        self.requestID = requestID
    }
}

/// A caller who may go on.
public struct Admission: Sendable {
    public let caller: Caller
    /// For the response, whatever it will be: `RateLimit` and the like.
    public let headers: HTTPFields

    public init(caller: Caller, headers: HTTPFields = HTTPFields()) {
        self.caller = caller
        self.headers = headers
    }
}
