import MCP

/// The prompts of the suite.
struct FixturePrompts: PromptProvider {
    func prompts(for context: CallContext) async throws(RequestFailure) -> [PromptDefinition] {
        [
            PromptDefinition(name: "test_simple_prompt", title: "Simple Test Prompt", description: "A text"),
            PromptDefinition(
                name: "test_prompt_with_arguments", title: "Prompt With Arguments",
                description: "Fills in two arguments",
                arguments: [
                    .init("arg1", description: "First test argument", isRequired: true),
                    .init("arg2", description: "Second test argument", isRequired: true),
                ]),
            PromptDefinition(
                name: "test_prompt_with_embedded_resource", title: "Prompt With Embedded Resource",
                description: "Includes a resource",
                arguments: [.init("resourceUri", description: "URI of the resource to embed", isRequired: true)]),
            PromptDefinition(
                name: "test_prompt_with_image", title: "Prompt With Image", description: "Includes an image"),
            PromptDefinition(
                name: "test_input_required_result_prompt", title: "Prompt That Asks",
                description: "Asks for its context"),
        ]
    }

    func get(
        _ name: String, arguments: [String: String], context: CallContext
    ) async throws(RequestFailure) -> PromptText {
        switch name {
        case "test_simple_prompt":
            return said(.text("This is a simple prompt for testing."))
        case "test_prompt_with_arguments":
            let (first, second) = (arguments["arg1"] ?? "", arguments["arg2"] ?? "")
            return said(.text("Prompt with arguments: arg1='\(first)', arg2='\(second)'"))
        case "test_prompt_with_embedded_resource":
            let contents = ResourceContents(
                uri: arguments["resourceUri"] ?? "", mimeType: "text/plain",
                .text("Embedded resource content for testing."))
            return said(.resource(contents), .text("Please process the embedded resource above."))
        case "test_prompt_with_image":
            return said(.image(base64: Media.png, mimeType: "image/png"), .text("Please analyze the image above."))
        case "test_input_required_result_prompt":
            let answer = try await context.ask(
                "user_context", .form("What context should the prompt use?", field: "context", type: "string"))
            return said(.text("Use this context: \(answer.field("context")?.string ?? "none")"))
        default: throw .rpc(.invalidParams("Unknown prompt"))
        }
    }

    private func said(_ content: ContentBlock...) -> PromptText {
        PromptText(messages: content.map { (.user, $0) })
    }
}
