import HTTPTypes

/// What the handlers of both eras share: a failure becomes a response, and a response goes the way the answer went so
/// far.
extension MCPServer {
    func answer(
        _ message: RPCRequest,
        in exchange: Exchange,
        _ handler: () async throws(RequestFailure) -> RPCResult
    ) async -> MCPReply {
        if let stream = exchange.stream { keepAlive.add(stream) }
        defer { if let stream = exchange.stream { keepAlive.remove(stream) } }
        do throws(RequestFailure) {
            return deliver(encoder.success(try await handler(), id: message.id, exchange.era), exchange)
        } catch {
            switch error {
            case .rpc(let error):
                return deliver(encoder.failure(error, id: message.id, exchange.era), exchange)
            case .problem(let problem):
                let refusal = encoder.refusal(problem, id: message.id, requestID: exchange.request.id)
                return deliver(refusal, exchange)
            case .interrupted(let interruption):
                return deliver(interruption, message, exchange)
            }
        }
    }

    private func deliver(_ interruption: CallInterruption, _ message: RPCRequest, _ exchange: Exchange) -> MCPReply {
        switch interruption.reason {
        case .input(let input):
            let result = RPCResult(.inputRequired) { input.write(to: &$0) }
            return deliver(encoder.success(result, id: message.id, exchange.era), exchange)
        case .task:
            // Tools' calls take this one up before it comes here; nothing else may become a task.
            return deliver(encoder.failure(.internalError, id: message.id, exchange.era), exchange)
        case .cancelled:
            guard let stream = exchange.stream else { return .whole(MCPResponse(.accepted)) }
            stream.begin()
            stream.finish(nil)
            return .streamed
        }
    }

    private func deliver(_ response: MCPResponse, _ exchange: Exchange) -> MCPReply {
        exchange.stream?.finish(response.body) == true ? .streamed : .whole(response)
    }
}
