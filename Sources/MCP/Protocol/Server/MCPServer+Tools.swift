extension MCPServer {
    func listTools(_ request: RPCRequest, in exchange: Exchange) throws(RequestFailure) -> RPCResult {
        let tools = providers.tools.tools(for: exchange.caller)
        let page = try page(of: tools, named: \.name, in: "tools", request, exchange)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("tools")
            writer.array { writer in
                for tool in page.elements { writer.raw(tool.encoded) }
            }
            writer.member("nextCursor", ifPresent: page.nextCursor)
        }
    }

    func callTool(
        _ request: RPCRequest,
        _ origin: Origin,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let name = request.params["name"]?.string else {
            throw .rpc(.invalidParams("params.name is required and must be a string"))
        }
        guard let tool = try providers.tools.tool(named: name, for: exchange.caller) else {
            throw .rpc(.invalidParams("Unknown tool"))
        }
        let given = request.params.member("arguments")
        guard let arguments = given.map({ $0.value.object }) ?? JSONObject() else {
            throw .rpc(.invalidParams("params.arguments must be an object"))
        }
        do throws(RPCError) {
            try origin.headers?.check(tool.headerParameters, arguments: arguments)
        } catch {
            throw .rpc(error)
        }
        if let complaint = tool.inputSchema.complaint(about: arguments) {
            return result(.failure(complaint))
        }
        let raw = given?.source.map { Array(exchange.source[$0]) } ?? Array("{}".utf8)
        let toolCall = ToolCall(name: name, arguments: arguments, rawArguments: raw)
        let escalation = escalation(of: tool, origin)
        let call = try call(request, target: name, arguments: arguments, tasks: escalation, origin, in: exchange)
        if case .always = tool.tasks {
            switch escalation {
            case .none: break
            case .offered: return try await startTask(toolCall, of: tool, call, exchange)
            case .refused: throw .rpc(.missingCapability(TasksExtension.requirement))
            }
        }
        do throws(RequestFailure) {
            return result(try await run(toolCall, of: tool, context: call.context))
        } catch {
            guard case .interrupted(let interruption) = error, case .task = interruption.reason else { throw error }
            return try await startTask(toolCall, of: tool, call, exchange)
        }
    }

    /// Runs a tool, and checks what it returns where that is wanted.
    func run(
        _ call: ToolCall, of tool: ToolDefinition, context: CallContext
    ) async throws(RequestFailure) -> ToolResult {
        let result = try await providers.tools.call(call, context: context)
        guard configuration.checksResults, !result.isError, let schema = tool.outputSchema else { return result }
        // The client could do nothing with what the tool promised and did not keep.
        guard let structured = result.structuredContent, let value = try? JSONReader.read(structured),
            schema.violations(in: value).isEmpty
        else { throw .rpc(.internalError) }
        return result
    }

    private func result(_ result: ToolResult) -> RPCResult {
        RPCResult { result.writeMembers(to: &$0) }
    }

    private func escalation(of tool: ToolDefinition, _ origin: Origin) -> TaskEscalation {
        guard tool.tasks != .never else { return .none }
        let client = if case .modern(let call) = origin { call.envelope.client } else { ClientCapabilities() }
        return tool.tasks.escalation(for: client, isServed: state.tasks != nil)
    }
}
