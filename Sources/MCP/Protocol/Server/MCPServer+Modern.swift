import HTTPTypes

/// Requests of the modern era: each says everything of itself.
extension MCPServer {
    func respondModern(to message: RPCMessage, in exchange: inout Exchange) async -> MCPReply {
        switch message {
        case .notification: return .whole(MCPResponse(.accepted))
        case .response:
            return .whole(
                encoder.failure(.invalidRequest("The server sends no requests to respond to"), id: .null, .modern))
        case .invalid(let error, let id): return .whole(encoder.failure(error, id: id, .modern))
        case .request(let request):
            exchange.stream = stream(for: exchange)
            return await answer(request, in: exchange) { [exchange] () async throws(RequestFailure) in
                let call: ModernRequest
                do throws(RPCError) {
                    call = try check(request, in: exchange)
                } catch {
                    throw .rpc(error)
                }
                return try await handle(call, in: exchange)
            }
        }
    }

    func stream(for exchange: Exchange, recording: StreamRecording? = nil) -> ClientStream {
        let hold = exchange.arrival.hold
        return ClientStream(
            exchange.arrival.sink, headers: exchange.admission.headers, recording: recording,
            began: exchange.request.received, onLongLived: { hold.becomesLongLived() })
    }

    private func check(_ request: RPCRequest, in exchange: Exchange) throws(RPCError) -> ModernRequest {
        let headers = try MirroredHeaders(exchange.request.headers)
        let envelope = try Envelope(request.params)
        try headers.check(version: envelope.version, request: request)
        guard ProtocolVersion.modern.contains(envelope.version) else {
            throw .unsupportedVersion(envelope.version)
        }
        guard let method = capabilities.method(named: request.method, .modern) else { throw .methodNotFound }
        return ModernRequest(request: request, method: method, headers: headers, envelope: envelope)
    }

    private func handle(_ call: ModernRequest, in exchange: Exchange) async throws(RequestFailure) -> RPCResult {
        let request = call.request
        switch call.method {
        case .discover: return discover()
        case .listen: return try await listen(call, in: exchange)
        case .getTask, .updateTask, .cancelTask: return try await handleTask(call, in: exchange)
        default:
            return try await handle(call.method, request, .modern(call), in: exchange)
        }
    }

    private func discover() -> RPCResult {
        RPCResult(cache: CacheHint(.seconds(3600), .public)) { [capabilities, configuration] writer in
            writer.name("supportedVersions")
            writer.array { writer in
                for version in ProtocolVersion.modern { writer.string(version) }
            }
            writer.member("capabilities", raw: capabilities.json(.modern))
            writer.member("instructions", ifPresent: configuration.instructions)
        }
    }
}

/// A modern request whose head and envelope are right.
struct ModernRequest: Sendable {
    let request: RPCRequest
    let method: RPCMethod
    let headers: MirroredHeaders
    let envelope: Envelope
}
