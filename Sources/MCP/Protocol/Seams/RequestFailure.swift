/// Why a provider did not answer a request. What a tool itself could not do is not among these: that is a
/// ``ToolResult`` with `isError`.
public enum RequestFailure: Error, Sendable {
    /// The protocol's own error.
    case rpc(RPCError)
    /// An answer at HTTP level in place of the protocol's: 403 with `WWW-Authenticate` when the caller needs more
    /// scope, 429 or 503 with `Retry-After`.
    case problem(Problem)
    /// The call stops here and begins again later, see ``CallContext/ask(_:usage:)``: to be let pass.
    case interrupted(CallInterruption)
}

/// Why a call stops and begins again later.
public struct CallInterruption: Sendable {
    enum Reason: Sendable {
        case input(InputRequired)
        case task
        /// The client took its request back: nobody gets an answer.
        case cancelled
    }

    let reason: Reason
}

/// What a modern client must answer before it repeats its request.
struct InputRequired: Sendable {
    let questions: [Question]
    let state: String

    func write(to writer: inout JSONWriter) {
        writer.name("inputRequests")
        writer.object { writer in
            for question in questions {
                writer.name(question.key)
                writer.object { question.request.write(to: &$0) }
            }
        }
        writer.member("requestState", state)
    }
}
