/// The methods that both eras have.
extension MCPServer {
    /// Where a request comes from, as far as its handler must know.
    enum Origin: Sendable {
        case modern(ModernRequest)
        case legacy(SessionClaims)
        /// One of a batch: its handler can neither tell nor ask before the answer.
        case batch(SessionClaims)

        var headers: MirroredHeaders? {
            if case .modern(let call) = self { call.headers } else { nil }
        }
    }

    func handle(
        _ method: RPCMethod,
        _ request: RPCRequest,
        _ origin: Origin,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        switch method {
        case .listTools: try listTools(request, in: exchange)
        case .callTool: try await callTool(request, origin, in: exchange)
        case .listResources: try await listResources(request, origin, in: exchange)
        case .listResourceTemplates: try await listResourceTemplates(request, origin, in: exchange)
        case .readResource: try await readResource(request, origin, in: exchange)
        case .listPrompts: try await listPrompts(request, origin, in: exchange)
        case .getPrompt: try await getPrompt(request, origin, in: exchange)
        case .complete: try await complete(request, origin, in: exchange)
        default: throw .rpc(.methodNotFound)
        }
    }

    /// The context of a request that names a target.
    /// - Throws: -32602 for answers or a state that are not right.
    func call(
        _ request: RPCRequest,
        target: String = "",
        arguments: JSONObject = JSONObject(),
        tasks: TaskEscalation = .none,
        _ origin: Origin,
        in exchange: Exchange
    ) throws(RequestFailure) -> Call {
        let binding = CallBinding(
            principal: exchange.caller.id, method: request.method, target: target, arguments: arguments)
        let token = request.meta?[MetaKey.progressToken].flatMap { $0.isProgressToken ? $0 : nil }
        switch origin {
        case .modern(let modern):
            guard let stream = exchange.stream else { throw .rpc(.internalError) }
            let input: CallInput
            do throws(RPCError) {
                input = try CallInput(request.params, binding: binding, services: services)
            } catch {
                throw .rpc(error)
            }
            let channel = ModernCall(
                client: modern.envelope.client, binding: binding, stream: stream, progressToken: token,
                logLevel: modern.envelope.logLevel, input: input, tasks: tasks, services: services)
            return Call(binding: binding, channel: channel, context: context(request, token, channel, exchange))
        case .legacy(let session):
            guard let stream = exchange.stream else { throw .rpc(.internalError) }
            let channel = LegacyCall(
                session: session, binding: binding, stream: stream, progressToken: token, mailroom: mailroom,
                store: state.sessions, services: services)
            return Call(binding: binding, channel: channel, context: context(request, token, channel, exchange))
        case .batch:
            return Call(binding: binding, channel: NoChannel(), context: context(request, nil, NoChannel(), exchange))
        }
    }

    func context(
        _ request: RPCRequest,
        _ token: JSONValue?,
        _ channel: any CallChannel,
        _ exchange: Exchange
    ) -> CallContext {
        let meta = request.meta
        return CallContext(
            caller: exchange.caller,
            requestID: exchange.request.id,
            deadline: exchange.request.received + configuration.requestTimeout,
            trace: meta?[MetaKey.traceparent]?.string.flatMap {
                TraceParent($0, state: meta?[MetaKey.tracestate]?.string)
            },
            progressToken: token,
            channel: channel
        )
    }
}

/// One call of a handler.
struct Call: Sendable {
    let binding: CallBinding
    let channel: any CallChannel
    let context: CallContext
}
