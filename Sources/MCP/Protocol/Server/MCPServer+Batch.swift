import HTTPTypes

/// Batches: several messages in one body, in the one revision that has them.
extension MCPServer {
    /// The messages are handled one after another, each admitted for itself: a batch is no way around the limits.
    func batch(
        _ elements: [JSONValue],
        _ arrival: Arrival,
        body: [UInt8]
    ) async throws(Problem) -> MCPResponse {
        let request = arrival.request
        let first = try await admit(arrival)
        guard elements.allSatisfy({ era(of: $0, request) == .legacy }) else {
            return encoder.failure(.invalidRequest("A body must be one message, not a batch"), id: .null, .modern)
        }
        let session: SessionClaims
        do throws(SessionFailure) {
            session = try await self.session(of: request, for: first.caller)
            guard session.version.allowsBatches else {
                let version = session.version.rawValue
                return encoder.failure(.invalidRequest("Revision \(version) has no batches"), id: .null, .legacy)
            }
        } catch {
            return response(to: error, id: .null, requestID: request.id)
        }
        guard (1...configuration.maximumBatch).contains(elements.count) else {
            let limit = configuration.maximumBatch
            return encoder.failure(.invalidRequest("A batch must have 1 to \(limit) messages"), id: .null, .legacy)
        }
        var answers: [[UInt8]] = []
        for element in elements {
            if let answer = await answer(element, arrival, session, body: body) { answers.append(answer) }
        }
        guard !answers.isEmpty else { return MCPResponse(.accepted, headers: first.headers) }
        var writer = JSONWriter(capacity: answers.reduce(2) { $0 + $1.count + 1 })
        writer.array { writer in
            for answer in answers { writer.raw(answer) }
        }
        return MCPResponse(.ok, headers: first.headers, json: writer.bytes)
    }

    /// The JSON-RPC response to one element. An answer at HTTP level has no place in a batch and becomes an error
    /// whose code is the HTTP status.
    private func answer(
        _ element: JSONValue, _ arrival: Arrival, _ session: SessionClaims, body: [UInt8]
    ) async -> [UInt8]? {
        let message = RPCMessage(element)
        guard case .request(let call) = message else {
            if case .invalid(let error, let id) = message { return encoder.failure(error, id: id, .legacy).body }
            _ = await take(message, in: session)
            return nil
        }
        let admission: Admission
        do throws(Problem) {
            admission = try await admit(arrival, message: message)
        } catch {
            return encoder.refusal(error, id: call.id, requestID: arrival.request.id).body
        }
        let exchange = Exchange(arrival: arrival, admission: admission, era: .legacy, source: body, session: session)
        let reply = await answer(call, in: exchange) { () async throws(RequestFailure) in
            try await handleLegacy(call, .batch(session), session, in: exchange)
        }
        guard case .whole(let response) = reply else { return nil }
        return response.body
    }
}
