/// One call before it is sent.
struct RESTRequest: Sendable {
    let endpoint: Endpoint
    var query: [(name: String, value: String)] = []
    /// JSON.
    var body: [UInt8]?
    var reason: AuditLogReason?
    /// Whether a second attempt after an unknown outcome leaves the same state as one.
    var isRepeatable: Bool

    init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
        isRepeatable = endpoint.route.isRepeatable
    }

    var path: String {
        let pairs = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
        return pairs.isEmpty ? endpoint.path : endpoint.path + "?" + pairs.joined(separator: "&")
    }
}
