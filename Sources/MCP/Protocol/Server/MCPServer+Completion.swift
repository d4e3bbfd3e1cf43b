extension MCPServer {
    func complete(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let provider = providers.completions else { throw .rpc(.methodNotFound) }
        let wanted: CompletionRequest
        do throws(RPCError) {
            wanted = try CompletionRequest(request.params)
        } catch {
            throw .rpc(error)
        }
        let completion = try await provider.complete(wanted, context: try call(request, origin, in: exchange).context)
        return RPCResult { writer in
            writer.name("completion")
            writer.object { writer in
                writer.member("values", .array(completion.values.map { .string($0) }))
                if let total = completion.total { writer.member("total", total) }
                writer.member("hasMore", completion.hasMore)
            }
        }
    }
}

extension CompletionRequest {
    fileprivate init(_ params: JSONObject) throws(RPCError) {
        guard let ref = params["ref"]?.object else { throw .invalidParams("params.ref must be an object") }
        switch ref["type"]?.string {
        case "ref/prompt":
            guard let name = ref["name"]?.string else { throw .invalidParams("params.ref.name must be a string") }
            reference = .prompt(name: name)
        case "ref/resource":
            guard let uri = ref["uri"]?.string else { throw .invalidParams("params.ref.uri must be a string") }
            reference = .resource(uri: uri)
        default: throw .invalidParams("params.ref.type must be ref/prompt or ref/resource")
        }
        guard let argument = params["argument"]?["name"]?.string, let value = params["argument"]?["value"]?.string
        else {
            throw .invalidParams("params.argument must have a name and a value, both strings")
        }
        self.argument = argument
        self.value = value
        var decided: [String: String] = [:]
        if let context = params["context"] {
            guard let arguments = (context["arguments"] ?? .object([:])).object else {
                throw .invalidParams("params.context.arguments must be an object")
            }
            for member in arguments.members {
                guard let value = member.value.string else {
                    throw .invalidParams("params.context.arguments must have strings")
                }
                decided[member.name] = value
            }
        }
        self.decided = decided
    }
}
