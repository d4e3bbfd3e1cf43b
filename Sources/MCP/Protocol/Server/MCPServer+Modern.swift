import HTTPTypes

/// Requests of the modern era: each says everything of itself.
extension MCPServer {
    func respondModern(to message: RPCMessage, in exchange: Exchange) async -> MCPResponse {
        switch message {
        case .notification: MCPResponse(.accepted)
        case .response:
            encoder.failure(.invalidRequest("The server sends no requests to respond to"), id: .null, .modern)
        case .invalid(let error, let id): encoder.failure(error, id: id, .modern)
        case .request(let request):
            await answer(request, in: exchange) { () async throws(RequestFailure) in
                let headers: MirroredHeaders
                let method: RPCMethod
                do throws(RPCError) {
                    (method, headers) = try check(request, in: exchange)
                } catch {
                    throw .rpc(error)
                }
                return try await handle(method, request, headers, in: exchange)
            }
        }
    }

    private func check(
        _ request: RPCRequest,
        in exchange: Exchange
    ) throws(RPCError) -> (RPCMethod, MirroredHeaders) {
        let headers = try MirroredHeaders(exchange.request.headers)
        let envelope = try Envelope(request.params)
        try headers.check(version: envelope.version, request: request)
        guard ProtocolVersion.modern.contains(envelope.version) else {
            throw .unsupportedVersion(envelope.version)
        }
        guard let method = RPCMethod(rawValue: request.method) else { throw .methodNotFound }
        return (method, headers)
    }

    private func handle(
        _ method: RPCMethod,
        _ request: RPCRequest,
        _ headers: MirroredHeaders,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        switch method {
        case .discover: discover()
        case .listTools: try listTools(request, in: exchange)
        case .callTool: try await callTool(request, headers, in: exchange)
        case .listResources: try await listResources(request, in: exchange)
        case .listResourceTemplates: try await listResourceTemplates(request, in: exchange)
        case .readResource: try await readResource(request, in: exchange)
        case .initialize, .ping: throw .rpc(.methodNotFound)
        }
    }

    private func discover() -> RPCResult {
        RPCResult(cache: CacheHint(.seconds(3600), .public)) { writer in
            writer.name("supportedVersions")
            writer.array { writer in
                for version in ProtocolVersion.modern { writer.string(version) }
            }
            writeCapabilities(to: &writer)
            writer.member("instructions", ifPresent: configuration.instructions)
        }
    }

    func writeCapabilities(to writer: inout JSONWriter) {
        writer.member("capabilities", raw: Array(#"{"tools":{},"resources":{}}"#.utf8))
    }
}
