/// One piece of a tool's result or of a prompt.
public enum ContentBlock: Sendable {
    case text(String)
    /// - base64: the image's bytes.
    case image(base64: String, mimeType: String)
    case audio(base64: String, mimeType: String)
    /// A resource that the client may read.
    case link(ResourceDefinition)
    /// A resource with what it says.
    case resource(ResourceContents)

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch self {
            case .text(let text):
                writer.member("type", "text")
                writer.member("text", text)
            case .image(let base64, let mimeType):
                writer.member("type", "image")
                writer.member("data", base64)
                writer.member("mimeType", mimeType)
            case .audio(let base64, let mimeType):
                writer.member("type", "audio")
                writer.member("data", base64)
                writer.member("mimeType", mimeType)
            case .link(let resource):
                writer.member("type", "resource_link")
                resource.writeMembers(to: &writer)
            case .resource(let contents):
                writer.member("type", "resource")
                writer.name("resource")
                contents.write(to: &writer)
            }
        }
    }
}

/// What a resource says, or a part of it.
public struct ResourceContents: Sendable {
    public enum Body: Sendable {
        case text(String)
        /// Bytes, in base64.
        case blob(String)
    }

    public var uri: String
    public var mimeType: String?
    public var body: Body

    public init(uri: String, mimeType: String? = nil, _ body: Body) {
        self.uri = uri
        self.mimeType = mimeType
        self.body = body
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("uri", uri)
            writer.member("mimeType", ifPresent: mimeType)
            switch body {
            case .text(let text): writer.member("text", text)
            case .blob(let base64): writer.member("blob", base64)
            }
        }
    }
}
