/// The tools a server offers.
public protocol ToolProvider: Sendable {
    /// What this caller may see, always in the same order (clients' prompt caches depend on it).
    func tools(for caller: Caller) -> [ToolDefinition]

    /// The tool a call is for; nil when there is none, or none that this caller may know of.
    ///
    /// Asked before the arguments are looked at.
    /// - Throws: a ``RequestFailure/problem(_:)`` with status 403 when the caller may see the tool but not call it.
    func tool(named name: String, for caller: Caller) throws(RequestFailure) -> ToolDefinition?

    /// Runs a tool that ``tool(named:for:)`` returned, with arguments that satisfy its schema.
    func call(_ call: ToolCall, context: CallContext) async throws(RequestFailure) -> ToolResult
}

/// One call of a tool.
public struct ToolCall: Sendable {
    public let name: String
    public let arguments: JSONObject
    /// The arguments as the client wrote them.
    public let rawArguments: [UInt8]

    public init(name: String, arguments: JSONObject, rawArguments: [UInt8]) {
        self.name = name
        self.arguments = arguments
        self.rawArguments = rawArguments
    }
}

/// What a tool did, or why it could not.
public struct ToolResult: Sendable {
    public var content: [ContentBlock]
    /// One finished JSON value, spliced in unread.
    public var structuredContent: [UInt8]?
    /// The tool did not do what was asked; the text says why, for the model to act on.
    public var isError: Bool

    public init(_ content: [ContentBlock], structuredContent: [UInt8]? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    /// - Parameter text: one block each.
    public init(text: [String], structuredContent: [UInt8]? = nil, isError: Bool = false) {
        self.init(text.map { .text($0) }, structuredContent: structuredContent, isError: isError)
    }

    /// The text blocks.
    public var text: [String] {
        content.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// - Parameter text: what went wrong and what to do next.
    public static func failure(_ text: String) -> ToolResult {
        ToolResult(text: [text], isError: true)
    }

    /// Writes the members of a result of `tools/call`.
    func writeMembers(to writer: inout JSONWriter) {
        writer.name("content")
        writer.array { writer in
            for block in content { block.write(to: &writer) }
        }
        if let structuredContent { writer.member("structuredContent", raw: structuredContent) }
        writer.member("isError", isError)
    }
}
