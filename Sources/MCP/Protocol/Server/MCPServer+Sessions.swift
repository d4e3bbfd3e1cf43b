import HTTPTypes

/// Why a legacy request has no session.
enum SessionFailure: Error {
    case missing
    /// Never begun, ended, expired, or somebody else's.
    case unknown
    case problem(Problem)
}

extension MCPServer {
    func session(of request: MCPRequest, for caller: Caller) async throws(SessionFailure) -> SessionClaims {
        guard let id = request.headers[.mcpSessionID] else { throw .missing }
        let found: SessionClaims?
        do throws(Problem) {
            found = try await sessions.find(id, for: caller)
        } catch {
            throw .problem(error)
        }
        guard let found else { throw .unknown }
        return found
    }

    func response(to failure: SessionFailure, id: JSONValue, requestID: String) -> MCPResponse {
        switch failure {
        case .missing:
            return encoder.failure(.invalidRequest("Missing session ID: begin with initialize"), id: id, .legacy)
        case .unknown:
            var response = encoder.failure(.invalidRequest("Session not found: begin with initialize"), id: id, .legacy)
            response.status = .notFound
            return response
        case .problem(let problem):
            return MCPResponse(problem, requestID: requestID)
        }
    }

    /// DELETE: the client is done with its session.
    func endSession(_ arrival: Arrival) async throws(Problem) -> MCPResponse {
        let request = arrival.request
        let admission = try await admit(arrival, isCounted: false)
        do throws(SessionFailure) {
            let session = try await session(of: request, for: admission.caller)
            do throws(Problem) {
                try await sessions.end(session)
            } catch {
                throw .problem(error)
            }
            await post(.stream(session: session.id, name: ""))
            return MCPResponse(.ok, headers: admission.headers)
        } catch {
            return response(to: error, id: .null, requestID: request.id)
        }
    }
}
