import HTTPTypes

/// Requests of the legacy era: `initialize` begins a session, whose id comes with every request after it.
extension MCPServer {
    func respondLegacy(to message: RPCMessage, in exchange: Exchange) async -> MCPResponse {
        if case .request(let request) = message, request.method == RPCMethod.initialize.rawValue {
            return await answer(request, in: exchange) { () throws(RequestFailure) in
                try initialize(request, in: exchange)
            }
        }
        if case .invalid(let error, let id) = message {
            return encoder.failure(error, id: id, .legacy)
        }
        do throws(SessionFailure) {
            _ = try await session(of: exchange.request, for: exchange.caller)
        } catch {
            let id: JSONValue = if case .request(let request) = message { request.id } else { .null }
            return response(to: error, id: id, requestID: exchange.request.id)
        }
        return await respondInSession(to: message, in: exchange) ?? MCPResponse(.accepted)
    }

    /// - Returns: nil for a message that nobody answers.
    func respondInSession(to message: RPCMessage, in exchange: Exchange) async -> MCPResponse? {
        switch message {
        // We send no requests, so a response can only be late or mistaken; the revisions want it accepted.
        case .notification, .response: return nil
        case .invalid(let error, let id): return encoder.failure(error, id: id, .legacy)
        case .request(let request):
            return await answer(request, in: exchange) { () async throws(RequestFailure) in
                try await handleLegacy(request, in: exchange)
            }
        }
    }

    private func handleLegacy(
        _ request: RPCRequest,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        switch RPCMethod(rawValue: request.method) {
        case .ping: RPCResult { _ in }
        case .listTools: try listTools(request, in: exchange)
        case .callTool: try await callTool(request, nil, in: exchange)
        case .listResources: try await listResources(request, in: exchange)
        case .listResourceTemplates: try await listResourceTemplates(request, in: exchange)
        case .readResource: try await readResource(request, in: exchange)
        case .initialize, .discover, nil: throw .rpc(.methodNotFound)
        }
    }

    private func initialize(_ request: RPCRequest, in exchange: Exchange) throws(RequestFailure) -> RPCResult {
        guard let requested = request.params["protocolVersion"]?.string else {
            throw .rpc(.invalidParams("params.protocolVersion is required and must be a string"))
        }
        let version = ProtocolVersion.Legacy(rawValue: requested) ?? ProtocolVersion.newestLegacy
        let session = sessions.begin(version, for: exchange.caller)
        return RPCResult(headers: [.mcpSessionID: session]) { writer in
            writer.member("protocolVersion", version.rawValue)
            writeCapabilities(to: &writer)
            writer.member("serverInfo", raw: encoder.serverInfo)
            writer.member("instructions", ifPresent: configuration.instructions)
        }
    }
}
