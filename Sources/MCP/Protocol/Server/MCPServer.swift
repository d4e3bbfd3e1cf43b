import HTTPTypes

/// The protocol: turns one HTTP request to the endpoint into its response, for both eras. It knows neither the HTTP
/// server around it nor what the tools do, and keeps nothing between two requests.
///
/// The order of the checks is seen from outside and follows the specification's reference server: credential, content
/// type, HTTP method, accepted types, size, JSON, shape, then for a modern request repeated headers, `_meta`, headers
/// against body, version, method, parameter headers, parameters. See ``CallerAuthenticator`` for how the credential
/// comes first although it is verified after the body is read.
public struct MCPServer: Sendable {
    let configuration: MCPConfiguration
    let tools: any ToolProvider
    let resources: any ResourceProvider
    let authenticator: any CallerAuthenticator
    let sessions: Sessions
    let encoder: ResponseEncoder

    /// - Parameter unixTime: seconds, for the sessions' expiry.
    public init(
        configuration: MCPConfiguration,
        tools: any ToolProvider,
        resources: any ResourceProvider,
        authenticator: any CallerAuthenticator,
        sealer: any SessionSealer,
        revocations: any SessionRevocations,
        unixTime: (@Sendable () -> Int64)? = nil
    ) {
        self.configuration = configuration
        self.tools = tools
        self.resources = resources
        self.authenticator = authenticator
        sessions = Sessions(
            sealer: sealer,
            revocations: revocations,
            lifetime: configuration.sessionLifetime,
            now: unixTime ?? Sessions.systemTime
        )
        encoder = ResponseEncoder(configuration)
    }

    /// Never fails: whatever is wrong becomes a response.
    /// - Parameter body: reads the body; not called when the head alone decides the response. It throws 413 and the
    ///   like.
    public func respond(to request: MCPRequest, body: () async throws(Problem) -> [UInt8]) async -> MCPResponse {
        do throws(Problem) {
            guard let bearer = BearerCredential.read(from: request.headers) else {
                throw authenticator.missingCredential
            }
            switch request.method {
            case .post:
                guard MediaTypes.isJSON(request.headers[.contentType]) else {
                    return encoder.failure(
                        .invalidRequest("The content type must be application/json"), id: .null, .modern)
                }
                guard MediaTypes.acceptsBothForms(request.headers[.accept]) else {
                    throw Problem(.notAcceptable, detail: "Accept must list application/json and text/event-stream.")
                }
                return try await post(request, bearer: bearer, body: try await body())
            case .delete where Era.of(header: request.headers[.mcpProtocolVersion], claim: nil) == .legacy:
                return try await endSession(request, bearer: bearer)
            default:
                throw Problem(.methodNotAllowed, detail: "Send messages by POST.", headers: [.allow: "POST"])
            }
        } catch {
            return MCPResponse(error, requestID: request.id)
        }
    }

    private func post(_ request: MCPRequest, bearer: String, body: [UInt8]) async throws(Problem) -> MCPResponse {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONReader.read(body, limits: configuration.json)
        } catch {
            _ = try await admit(request, bearer: bearer)
            let parseError = RPCError(code: RPCError.Code.parseError, message: "The body is not valid JSON: \(error)")
            return encoder.failure(parseError, id: .null, .modern)
        }
        if case .array(let elements) = value {
            return try await batch(elements, request, bearer: bearer, body: body)
        }
        let message = RPCMessage(value)
        let admission: Admission
        do throws(Problem) {
            admission = try await admit(request, bearer: bearer, message: message)
        } catch {
            guard case .request(let call) = message else { throw error }
            return encoder.refusal(error, id: call.id, requestID: request.id)
        }
        let exchange = Exchange(request: request, admission: admission, era: era(of: value, request), source: body)
        var response = await respond(to: message, in: exchange)
        response.headers.append(contentsOf: admission.headers)
        return response
    }

    private func respond(to message: RPCMessage, in exchange: Exchange) async -> MCPResponse {
        switch exchange.era {
        case .modern: await respondModern(to: message, in: exchange)
        case .legacy: await respondLegacy(to: message, in: exchange)
        }
    }

    func admit(
        _ request: MCPRequest,
        bearer: String,
        message: RPCMessage? = nil
    ) async throws(Problem) -> Admission {
        let call: RPCRequest? = if case .request(let call)? = message { call } else { nil }
        return try await authenticator.admit(
            AdmissionRequest(bearer: bearer, method: call?.method, tool: call?.tool, requestID: request.id)
        )
    }

    func era(of message: JSONValue, _ request: MCPRequest) -> Era {
        .of(
            header: request.headers[values: .mcpProtocolVersion].first,
            claim: message["params"]?["_meta"]?[MetaKey.protocolVersion]
        )
    }

    /// What the handlers of both eras share: a failure becomes a response.
    func answer(
        _ message: RPCRequest,
        in exchange: Exchange,
        _ handler: () async throws(RequestFailure) -> RPCResult
    ) async -> MCPResponse {
        do throws(RequestFailure) {
            return encoder.success(try await handler(), id: message.id, exchange.era)
        } catch {
            switch error {
            case .rpc(let error): return encoder.failure(error, id: message.id, exchange.era)
            case .problem(let problem): return encoder.refusal(problem, id: message.id, requestID: exchange.request.id)
            }
        }
    }
}
