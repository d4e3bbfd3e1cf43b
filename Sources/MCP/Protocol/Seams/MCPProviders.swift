/// What a server offers. What is nil is not offered, and its methods do not exist.
public struct MCPProviders: Sendable {
    public var tools: any ToolProvider
    public var resources: (any ResourceProvider)?
    public var prompts: (any PromptProvider)?
    public var completions: (any CompletionProvider)?

    public init(
        tools: any ToolProvider,
        resources: (any ResourceProvider)? = nil,
        prompts: (any PromptProvider)? = nil,
        completions: (any CompletionProvider)? = nil
    ) {
        self.tools = tools
        self.resources = resources
        self.prompts = prompts
        self.completions = completions
    }
}
