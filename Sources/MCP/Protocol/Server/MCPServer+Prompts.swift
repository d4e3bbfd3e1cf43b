extension MCPServer {
    func listPrompts(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        let context = try call(request, origin, in: exchange).context
        let prompts = try await promptProvider().prompts(for: context)
        let page = try page(of: prompts, named: \.name, in: "prompts", request, exchange)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("prompts")
            writer.array { writer in
                for prompt in page.elements { prompt.write(to: &writer) }
            }
            writer.member("nextCursor", ifPresent: page.nextCursor)
        }
    }

    func getPrompt(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let name = request.params["name"]?.string else {
            throw .rpc(.invalidParams("params.name is required and must be a string"))
        }
        let given = request.params["arguments"] ?? .object(JSONObject())
        guard let given = given.object else { throw .rpc(.invalidParams("params.arguments must be an object")) }
        let context = try call(request, target: name, arguments: given, origin, in: exchange).context
        let provider = try promptProvider()
        guard let prompt = try await provider.prompts(for: context).first(where: { $0.name == name }) else {
            throw .rpc(.invalidParams("Unknown prompt"))
        }
        let arguments: [String: String]
        do throws(RPCError) {
            arguments = try prompt.check(given)
        } catch {
            throw .rpc(error)
        }
        let text = try await provider.get(name, arguments: arguments, context: context)
        return RPCResult { writer in
            writer.member("description", ifPresent: text.description)
            writer.name("messages")
            writer.array { writer in
                for message in text.messages {
                    writer.object { writer in
                        writer.member("role", message.role.rawValue)
                        writer.name("content")
                        message.content.write(to: &writer)
                    }
                }
            }
        }
    }

    private func promptProvider() throws(RequestFailure) -> any PromptProvider {
        guard let provider = providers.prompts else { throw .rpc(.methodNotFound) }
        return provider
    }
}

extension PromptDefinition {
    fileprivate func check(_ given: JSONObject) throws(RPCError) -> [String: String] {
        var values: [String: String] = [:]
        for member in given.members {
            guard arguments.contains(where: { $0.name == member.name }) else {
                throw .invalidParams("params.arguments.\(member.name.prefix(64)) is no argument of this prompt")
            }
            guard let value = member.value.string else {
                throw .invalidParams("params.arguments.\(member.name.prefix(64)) must be a string")
            }
            values[member.name] = value
        }
        for argument in arguments where argument.isRequired && values[argument.name] == nil {
            throw .invalidParams("params.arguments.\(argument.name) is required")
        }
        return values
    }
}
