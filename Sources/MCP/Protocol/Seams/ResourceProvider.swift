/// The resources a server offers.
public protocol ResourceProvider: Sendable {
    /// What this caller may see, always in the same order.
    func resources(for context: CallContext) async throws(RequestFailure) -> [ResourceDefinition]

    /// Patterns of further resources' URIs.
    func templates(for context: CallContext) async throws(RequestFailure) -> [ResourceTemplateDefinition]

    /// - Returns: nil when there is no such resource, or none that this caller may know of.
    func read(_ uri: String, context: CallContext) async throws(RequestFailure) -> ResourceReading?
}

/// A resource as `resources/list` tells it.
public struct ResourceDefinition: Sendable {
    public var uri: String
    public var name: String
    public var title: String?
    public var description: String?
    public var mimeType: String?

    public init(
        uri: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }
}

/// A resource template as `resources/templates/list` tells it.
public struct ResourceTemplateDefinition: Sendable {
    /// RFC 6570.
    public var uriTemplate: String
    public var name: String
    public var title: String?
    public var description: String?
    public var mimeType: String?

    public init(
        uriTemplate: String,
        name: String,
        title: String? = nil,
        description: String? = nil,
        mimeType: String? = nil
    ) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.title = title
        self.description = description
        self.mimeType = mimeType
    }
}

/// What a resource says now.
public struct ResourceReading: Sendable {
    public var text: String
    public var mimeType: String?
    /// How long a client may keep it, milliseconds. It is kept for the caller alone.
    public var cacheMilliseconds: Int

    public init(text: String, mimeType: String? = nil, cacheMilliseconds: Int = 0) {
        self.text = text
        self.mimeType = mimeType
        self.cacheMilliseconds = cacheMilliseconds
    }
}
