public import HTTPTypes

/// Decides who a caller is and whether it may go on now.
///
/// A request is admitted after its body is parsed (in a batch each element): only then is the tool's name known, and with
/// it one round trip can check the credential, its revocation and the limits of the tool's class together. Before that
/// the credential is screened, so that nobody but those who have one takes a place among the requests or has a body read.
public protocol CallerAuthenticator: Sendable {
    /// What a request without a usable bearer credential gets: 401 with `WWW-Authenticate`. Nil: callers need none, and
    /// ``AdmissionRequest/bearer`` is then empty.
    var missingCredential: Problem? { get }

    /// Whether the request is worth reading. Spends nothing of the caller's limits.
    /// - Throws: 401 for whoever has no credential of this server; 503 when nobody can tell.
    func screen(_ bearer: String) async throws(Problem)

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
    /// False where the server asks for its own sake, or a client gives back what it holds: no request of its limits.
    public let isCounted: Bool

    public init(
        bearer: String, method: String? = nil, tool: String? = nil, requestID: String, isCounted: Bool = true
    ) {
        self.isCounted = isCounted
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
