extension MCPServer {
    func listTools(_ request: RPCRequest, in exchange: Exchange) throws(RequestFailure) -> RPCResult {
        try refuseCursor(request)
        let tools = tools.tools(for: exchange.caller)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("tools")
            writer.array { writer in
                for tool in tools { writer.raw(tool.encoded) }
            }
        }
    }

    /// - Parameter headers: of a modern request.
    func callTool(
        _ request: RPCRequest,
        _ headers: MirroredHeaders?,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let name = request.params["name"]?.string else {
            throw .rpc(.invalidParams("params.name is required and must be a string"))
        }
        guard let tool = try tools.tool(named: name, for: exchange.caller) else {
            throw .rpc(.invalidParams("Unknown tool"))
        }
        let given = request.params.member("arguments")
        guard let arguments = given.map({ $0.value.object }) ?? JSONObject() else {
            throw .rpc(.invalidParams("params.arguments must be an object"))
        }
        do throws(RPCError) {
            try headers?.check(tool.headerParameters, arguments: arguments)
        } catch {
            throw .rpc(error)
        }
        if let complaint = tool.inputSchema.complaint(about: arguments) {
            return encode(.failure(complaint))
        }
        let raw = given?.source.map { Array(exchange.source[$0]) } ?? Array("{}".utf8)
        let call = ToolCall(name: name, arguments: arguments, rawArguments: raw)
        return encode(
            try await tools.call(call, context: exchange.context(request, timeout: configuration.requestTimeout)))
    }

    private func encode(_ result: ToolResult) -> RPCResult {
        RPCResult { writer in
            writer.name("content")
            writer.array { writer in
                for text in result.text {
                    writer.object { writer in
                        writer.member("type", "text")
                        writer.member("text", text)
                    }
                }
            }
            if let structured = result.structuredContent { writer.member("structuredContent", raw: structured) }
            writer.member("isError", result.isError)
        }
    }

    /// Our lists have one page, so we hand out no cursor and every cursor is a wrong one.
    func refuseCursor(_ request: RPCRequest) throws(RequestFailure) {
        guard let cursor = request.params["cursor"], !cursor.isNull else { return }
        throw .rpc(.invalidParams("params.cursor is not a cursor of this list"))
    }
}
