/// The prompts a server offers: texts that people pick, not models.
public protocol PromptProvider: Sendable {
    /// What this caller may see, always in the same order.
    func prompts(for context: CallContext) async throws(RequestFailure) -> [PromptDefinition]

    /// - Parameter arguments: all that are required are there, and none that the prompt does not know.
    func get(
        _ name: String, arguments: [String: String], context: CallContext
    ) async throws(RequestFailure) -> PromptText
}

/// A prompt as `prompts/list` tells it.
public struct PromptDefinition: Sendable {
    public struct Argument: Sendable {
        public var name: String
        public var title: String?
        public var description: String?
        public var isRequired: Bool

        public init(_ name: String, title: String? = nil, description: String? = nil, isRequired: Bool = false) {
            self.name = name
            self.title = title
            self.description = description
            self.isRequired = isRequired
        }
    }

    public var name: String
    public var title: String?
    public var description: String?
    public var arguments: [Argument]

    public init(name: String, title: String? = nil, description: String? = nil, arguments: [Argument] = []) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
    }

    /// One element of `prompts/list`.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("title", ifPresent: title)
            writer.member("description", ifPresent: description)
            guard !arguments.isEmpty else { return }
            writer.name("arguments")
            writer.array { writer in
                for argument in arguments {
                    writer.object { writer in
                        writer.member("name", argument.name)
                        writer.member("title", ifPresent: argument.title)
                        writer.member("description", ifPresent: argument.description)
                        writer.member("required", argument.isRequired)
                    }
                }
            }
        }
    }
}

/// A prompt with its arguments filled in.
public struct PromptText: Sendable {
    public enum Role: String, Sendable {
        case user, assistant
    }

    public var description: String?
    public var messages: [(role: Role, content: ContentBlock)]

    public init(description: String? = nil, messages: [(role: Role, content: ContentBlock)]) {
        self.description = description
        self.messages = messages
    }
}
