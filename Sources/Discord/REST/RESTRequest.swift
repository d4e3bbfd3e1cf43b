/// One call before it is sent.
struct RESTRequest: Sendable {
    let endpoint: Endpoint
    /// A list is the name repeated.
    /// Source: <https://discord.com/developers/docs/reference#query-string-arrays>
    var query: [(name: String, value: String)] = []
    var content: RequestContent?
    /// Kept only where Discord documents it.
    var reason: AuditLogReason? {
        didSet { if !endpoint.route.takesReason { reason = nil } }
    }
    /// Whether a second attempt after an unknown outcome leaves the same state as one.
    var isRepeatable: Bool

    /// What the bot needs for this very call.
    var permissions: Permissions

    init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
        permissions = endpoint.route.permissions
        isRepeatable = endpoint.route.isRepeatable
    }

    var path: String {
        let pairs = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        return pairs.isEmpty ? endpoint.path : endpoint.path + "?" + pairs.joined(separator: "&")
    }
}
