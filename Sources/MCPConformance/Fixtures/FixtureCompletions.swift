import MCP

/// Proposes words for the prompt with arguments, and as many numbers as one likes for the resource template.
struct FixtureCompletions: CompletionProvider {
    private static let words = ["paris", "park", "party", "python"]

    func complete(_ request: CompletionRequest, context: CallContext) async throws(RequestFailure) -> Completion {
        switch request.reference {
        case .prompt("test_prompt_with_arguments"):
            let taken = Set(request.decided.values)
            return Completion(Self.words.filter { $0.hasPrefix(request.value) && !taken.contains($0) })
        case .resource("test://template/{id}/data"):
            return Completion((0..<250).map(String.init).filter { $0.hasPrefix(request.value) })
        case .prompt, .resource:
            throw .rpc(.invalidParams("params.ref names nothing that has arguments"))
        }
    }
}
