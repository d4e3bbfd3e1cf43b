import HTTPTypes

/// The protocol: turns one HTTP request to the endpoint into its response, for both eras. It knows neither the HTTP
/// server around it nor what the tools do. What it keeps between two requests is behind ``MCPState``; the rest are
/// connections that are open now.
///
/// The order of the checks is seen from outside and follows the specification's reference server: credential, content
/// type, HTTP method, accepted types, size, JSON, shape, then for a modern request repeated headers, `_meta`, headers
/// against body, version, method, parameter headers, parameters. The credential is screened first and verified with the
/// limits once the body is read: see ``CallerAuthenticator``.
public final class MCPServer: Sendable {
    let configuration: MCPConfiguration
    let providers: MCPProviders
    let authenticator: any CallerAuthenticator
    let state: MCPState
    let sessions: Sessions
    let encoder: ResponseEncoder
    let capabilities: ServedCapabilities
    let hub: ChangeHub
    let keepAlive: KeepAlive
    let mailroom = Mailroom()
    let calls = CancellableCalls()
    let background = BackgroundWork()
    let services: CallServices
    let recorder: EventRecorder?
    let resumed = ResumedStreams()
    let runningTasks = TaskSignals()
    let taskPlaces: TaskPlaces
    /// Unix milliseconds.
    let now: @Sendable () -> Int64

    /// - Parameter unixMilliseconds: the time, for everything that expires.
    public init(
        configuration: MCPConfiguration,
        providers: MCPProviders,
        authenticator: any CallerAuthenticator,
        state: MCPState,
        unixMilliseconds: (@Sendable () -> Int64)? = nil
    ) {
        let now = unixMilliseconds ?? { Sessions.systemMilliseconds() }
        self.configuration = configuration
        self.providers = providers
        self.authenticator = authenticator
        self.state = state
        self.now = now
        sessions = Sessions(
            sealer: state.sealer,
            revocations: state.revocations,
            lifetime: configuration.sessionLifetime,
            now: { now() / 1000 }
        )
        encoder = ResponseEncoder(configuration)
        capabilities = ServedCapabilities(configuration, providers, hasTasks: state.tasks != nil)
        hub = ChangeHub(limits: configuration.streams)
        taskPlaces = TaskPlaces(limits: configuration.tasks)
        keepAlive = KeepAlive(silence: configuration.keepAlive)
        recorder = state.events.map { EventRecorder($0) }
        services = CallServices(
            ring: state.ring, singleUse: state.singleUse, background: background, now: { now() / 1000 },
            inputTimeout: configuration.inputTimeout)
    }

    /// Never fails: whatever is wrong becomes a response.
    /// - Parameters:
    ///   - sink: for a response that becomes a stream; a whole one is returned and does not touch it.
    ///   - hold: told what becomes of the request, as far as its connection must know.
    ///   - body: reads the body; not called when the head alone decides the response. It throws 413 and the like.
    public func respond(
        to request: MCPRequest,
        sink: any ResponseSink,
        hold: any RequestHold = NoHold(),
        body: () async throws(Problem) -> [UInt8]
    ) async -> MCPReply {
        do throws(Problem) {
            let bearer = try credential(of: request)
            try await authenticator.screen(bearer)
            try hold.begins()
            let arrival = Arrival(request: request, bearer: bearer, sink: sink, hold: hold)
            switch request.method {
            case .post:
                guard MediaTypes.isJSON(request.headers[.contentType]) else {
                    return .whole(
                        encoder.failure(
                            .invalidRequest("The content type must be application/json"), id: .null, .modern))
                }
                guard MediaTypes.acceptsBothForms(request.headers[.accept]) else {
                    throw Problem(.notAcceptable, detail: "Accept must list application/json and text/event-stream.")
                }
                return try await post(arrival, body: try await body())
            case .get
            where Era.of(header: request.headers[.mcpProtocolVersion], claim: nil) == .legacy && hasSessionStreams:
                return try await openSessionStream(arrival)
            case .delete where Era.of(header: request.headers[.mcpProtocolVersion], claim: nil) == .legacy:
                return .whole(try await endSession(arrival))
            default:
                throw Problem(.methodNotAllowed, detail: "Send messages by POST.", headers: [.allow: "POST"])
            }
        } catch {
            return .whole(MCPResponse(error, requestID: request.id))
        }
    }

    private func credential(of request: MCPRequest) throws(Problem) -> String {
        if let bearer = BearerCredential.read(from: request.headers) { return bearer }
        if let problem = authenticator.missingCredential { throw problem }
        return ""
    }

    private func post(_ arrival: Arrival, body: [UInt8]) async throws(Problem) -> MCPReply {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONReader.read(body, limits: configuration.json)
        } catch {
            _ = try await admit(arrival)
            let parseError = RPCError(code: RPCError.Code.parseError, message: "The body is not valid JSON: \(error)")
            return .whole(encoder.failure(parseError, id: .null, .modern))
        }
        if case .array(let elements) = value {
            return .whole(try await batch(elements, arrival, body: body))
        }
        let message = RPCMessage(value)
        let admission: Admission
        do throws(Problem) {
            admission = try await admit(arrival, message: message)
        } catch {
            guard case .request(let call) = message else { throw error }
            return .whole(encoder.refusal(error, id: call.id, requestID: arrival.request.id))
        }
        var exchange = Exchange(
            arrival: arrival, admission: admission, era: era(of: value, arrival.request), source: body)
        return await respond(to: message, in: &exchange).adding(admission.headers)
    }

    private func respond(to message: RPCMessage, in exchange: inout Exchange) async -> MCPReply {
        switch exchange.era {
        case .modern: await respondModern(to: message, in: &exchange)
        case .legacy: await respondLegacy(to: message, in: &exchange)
        }
    }

    func admit(
        _ arrival: Arrival, message: RPCMessage? = nil, isCounted: Bool = true
    ) async throws(Problem) -> Admission {
        let call: RPCRequest? = if case .request(let call)? = message { call } else { nil }
        return try await authenticator.admit(
            AdmissionRequest(
                bearer: arrival.bearer, method: call?.method, tool: call?.tool, requestID: arrival.request.id,
                isCounted: isCounted)
        )
    }

    func era(of message: JSONValue, _ request: MCPRequest) -> Era {
        .of(
            header: request.headers[values: .mcpProtocolVersion].first,
            claim: message["params"]?["_meta"]?[MetaKey.protocolVersion]
        )
    }
}
