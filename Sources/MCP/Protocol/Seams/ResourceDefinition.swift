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

    /// One element of `resources/list`.
    func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("uri", uri)
        writer.member("name", name)
        writer.member("title", ifPresent: title)
        writer.member("description", ifPresent: description)
        writer.member("mimeType", ifPresent: mimeType)
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

    /// One element of `resources/templates/list`.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("uriTemplate", uriTemplate)
            writer.member("name", name)
            writer.member("title", ifPresent: title)
            writer.member("description", ifPresent: description)
            writer.member("mimeType", ifPresent: mimeType)
        }
    }
}
