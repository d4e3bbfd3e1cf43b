import HTTPTypes

/// Requests of the legacy era: `initialize` begins a session, whose id comes with every request after it.
extension MCPServer {
    func respondLegacy(to message: RPCMessage, in exchange: inout Exchange) async -> MCPReply {
        if case .request(let request) = message, request.method == RPCMethod.initialize.rawValue {
            return await answer(request, in: exchange) { [exchange] () throws(RequestFailure) in
                try initialize(request, in: exchange)
            }
        }
        if case .invalid(let error, let id) = message {
            return .whole(encoder.failure(error, id: id, .legacy))
        }
        let session: SessionClaims
        do throws(SessionFailure) {
            session = try await self.session(of: exchange.request, for: exchange.caller)
        } catch {
            let id: JSONValue = if case .request(let request) = message { request.id } else { .null }
            return .whole(response(to: error, id: id, requestID: exchange.request.id))
        }
        exchange.session = session
        guard case .request(let request) = message else {
            return .whole(await take(message, in: session))
        }
        exchange.stream = stream(for: exchange, recording: recording(in: session))
        // A legacy client may lose its connection and still want the work done.
        exchange.arrival.hold.outlivesConnection()
        return await answer(request, in: exchange) { [exchange] () async throws(RequestFailure) in
            try await handleCancellable(request, session, in: exchange)
        }
    }

    /// A message that nobody answers.
    func take(_ message: RPCMessage, in session: SessionClaims) async -> MCPResponse {
        switch message {
        case .response(let id, let result):
            guard let ticket = id.string else { break }
            await post(.answer(session: session.id, ticket: ticket, result: result), isForUs: mailroom.isOurs(ticket))
        case .notification("notifications/cancelled", let params):
            guard let request = params["requestId"] else { break }
            let name = CancellableCalls.Name(session: session.id, request: request)
            await post(.cancelled(session: session.id, request: request), isForUs: calls.isRunning(name))
        default: break
        }
        return MCPResponse(.accepted)
    }

    /// A request that its client may take back with `notifications/cancelled`.
    private func handleCancellable(
        _ request: RPCRequest,
        _ session: SessionClaims,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard [RPCMethod.callTool, .readResource, .getPrompt].contains(RPCMethod(rawValue: request.method)) else {
            return try await handleLegacy(request, .legacy(session), session, in: exchange)
        }
        let name = CancellableCalls.Name(session: session.id, request: request.id)
        let outcome = await calls.run(name) { [self] () async -> Result<RPCResult, RequestFailure> in
            do throws(RequestFailure) {
                return .success(try await handleLegacy(request, .legacy(session), session, in: exchange))
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else { throw .interrupted(CallInterruption(reason: .cancelled)) }
        return try outcome.get()
    }

    func handleLegacy(
        _ request: RPCRequest,
        _ origin: Origin,
        _ session: SessionClaims,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let method = capabilities.method(named: request.method, .legacy) else { throw .rpc(.methodNotFound) }
        switch method {
        case .ping: return RPCResult()
        case .setLogLevel: return try await setLogLevel(request, session)
        case .subscribeResource: return try await subscribe(true, request, origin, session, in: exchange)
        case .unsubscribeResource: return try await subscribe(false, request, origin, session, in: exchange)
        // A session begins outside of sessions.
        case .initialize: throw .rpc(.methodNotFound)
        default: return try await handle(method, request, origin, in: exchange)
        }
    }

    private func initialize(_ request: RPCRequest, in exchange: Exchange) throws(RequestFailure) -> RPCResult {
        guard let requested = request.params["protocolVersion"]?.string else {
            throw .rpc(.invalidParams("params.protocolVersion is required and must be a string"))
        }
        let version = ProtocolVersion.Legacy(rawValue: requested) ?? ProtocolVersion.newestLegacy
        let client = ClientCapabilities(request.params["capabilities"]?.object ?? JSONObject())
        let session = sessions.begin(version, for: exchange.caller, client: client)
        return RPCResult(headers: [.mcpSessionID: session]) { [capabilities, encoder, configuration] writer in
            writer.member("protocolVersion", version.rawValue)
            writer.member("capabilities", raw: capabilities.json(.legacy))
            writer.member("serverInfo", raw: encoder.serverInfo)
            writer.member("instructions", ifPresent: configuration.instructions)
        }
    }

    private func setLogLevel(_ request: RPCRequest, _ session: SessionClaims) async throws(RequestFailure) -> RPCResult
    {
        guard let level = request.params["level"]?.string.flatMap(LogLevel.init) else {
            throw .rpc(.invalidParams("params.level must be a log level of RFC 5424"))
        }
        do throws(Problem) {
            try await state.sessions.setLogLevel(level, of: session.id, until: session.expiry)
        } catch {
            throw .problem(error)
        }
        return RPCResult()
    }

    private func subscribe(
        _ isWanted: Bool,
        _ request: RPCRequest,
        _ origin: Origin,
        _ session: SessionClaims,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let uri = request.params["uri"]?.string else {
            throw .rpc(.invalidParams("params.uri is required and must be a string"))
        }
        if isWanted {
            let context = try call(request, target: uri, origin, in: exchange).context
            guard try await resourceProvider().canSubscribe(to: uri, context: context) else {
                throw .rpc(.resourceNotFound(uri, .legacy))
            }
        }
        do throws(Problem) {
            let known = try await state.sessions.state(of: session.id).subscriptions
            guard !isWanted || known.count < configuration.streams.resources else {
                throw Problem(.tooManyRequests, detail: "A session may subscribe to \(known.count) resources.")
            }
            try await state.sessions.setSubscribed(isWanted, to: uri, session: session.id, until: session.expiry)
        } catch {
            throw .problem(error)
        }
        await post(.subscriptions(session: session.id))
        return RPCResult()
    }
}
