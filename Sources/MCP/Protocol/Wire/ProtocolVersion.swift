/// A revision of the Model Context Protocol that we serve. The two eras differ in the shape of every exchange: the
/// modern one has no sessions and says everything in each request, the legacy ones begin with `initialize`.
enum ProtocolVersion {
    /// Revisions without sessions, newest first.
    static let modern = ["2026-07-28"]
    /// What `initialize` answers to a client that asks for a revision we do not know.
    static let newestLegacy = Legacy.v2025November

    enum Legacy: String, Sendable, CaseIterable {
        case v2025November = "2025-11-25"
        case v2025June = "2025-06-18"
        case v2025March = "2025-03-26"
        /// Defined for another transport; clients that still ask for it get along over Streamable HTTP.
        case v2024 = "2024-11-05"

        /// Batches came with this revision and left with the next.
        var allowsBatches: Bool {
            self == .v2025March
        }
    }
}

/// Names of the protocol's keys in `_meta`.
enum MetaKey {
    static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
    static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    static let clientInfo = "io.modelcontextprotocol/clientInfo"
    static let logLevel = "io.modelcontextprotocol/logLevel"
    static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    static let serverInfo = "io.modelcontextprotocol/serverInfo"
    static let progressToken = "progressToken"
    static let traceparent = "traceparent"
    static let tracestate = "tracestate"
}
