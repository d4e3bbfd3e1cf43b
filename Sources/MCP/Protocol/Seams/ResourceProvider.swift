/// The resources a server offers.
public protocol ResourceProvider: Sendable {
    /// What this caller may see, always in the same order.
    func resources(for context: CallContext) async throws(RequestFailure) -> [ResourceDefinition]

    /// Patterns of further resources' URIs.
    func templates(for context: CallContext) async throws(RequestFailure) -> [ResourceTemplateDefinition]

    /// - Returns: nil when there is no such resource, or none that this caller may know of.
    func read(_ uri: String, context: CallContext) async throws(RequestFailure) -> ResourceReading?

    /// Whether this caller may hear when the resource changes.
    func canSubscribe(to uri: String, context: CallContext) async throws(RequestFailure) -> Bool
}

extension ResourceProvider {
    public func canSubscribe(to uri: String, context: CallContext) async throws(RequestFailure) -> Bool {
        false
    }
}

/// What a resource says now.
public struct ResourceReading: Sendable {
    public var contents: [ResourceContents]
    /// How long a client may keep it, milliseconds. It is kept for the caller alone.
    public var cacheMilliseconds: Int

    public init(_ contents: [ResourceContents], cacheMilliseconds: Int = 0) {
        self.contents = contents
        self.cacheMilliseconds = cacheMilliseconds
    }
}
