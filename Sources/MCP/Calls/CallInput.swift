/// What a modern request brings of answers: those with it, and those of earlier rounds in its sealed state.
struct CallInput: Sendable {
    static let none = CallInput(given: JSONObject(), state: nil)

    private let given: JSONObject
    let state: RequestState?

    private init(given: JSONObject, state: RequestState?) {
        self.given = given
        self.state = state
    }

    /// - Parameter binding: asked for only when there is a state.
    /// - Throws: -32602 for a malformed answer, and for a state that is not ours, another call's, or too old.
    init(
        _ params: JSONObject,
        binding: CallBinding,
        services: CallServices
    ) throws(RPCError) {
        switch params["inputResponses"] {
        case nil: given = JSONObject()
        case .object(let object)?: given = object
        case .some: throw .invalidParams("params.inputResponses must be an object")
        }
        switch params["requestState"] {
        case nil: state = nil
        case .string(let text)?:
            guard let content = services.ring.open(text, for: .requestState, binding: binding.bytes()),
                let state = RequestState(content), state.expiry > services.now()
            else { throw .invalidState }
            self.state = state
        case .some: throw .invalidParams("params.requestState must be a string")
        }
    }

    /// The answer to a question, when there is one that counts. What was not asked counts for nothing; without a state
    /// nobody knows what was asked, which will do for questions that change nothing.
    func answer(to key: String, usage: AnswerUsage) -> JSONValue? {
        guard let state else { return usage == .repeatable ? given[key] : nil }
        return state.answers[key] ?? (state.asked.contains(key) ? given[key] : nil)
    }
}

extension RPCError {
    static let invalidState = RPCError.invalidParams(
        "Invalid or expired requestState: send the request again without it",
        data: .object(["reason": .string("invalid_request_state")]))

    static let usedState = RPCError.invalidParams(
        "These answers were used already: send the request again without them to be asked anew",
        data: .object(["reason": .string("used_request_state")]))
}
