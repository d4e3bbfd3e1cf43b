import NIOConcurrencyHelpers

/// A call of the modern era: a question ends the request, and its repetition brings the answer.
final class ModernCall: CallChannel {
    let client: ClientCapabilities
    let waited = Duration.zero
    private let binding: CallBinding
    private let stream: ClientStream
    private let progressToken: JSONValue?
    private let logLevel: LogLevel?
    private let services: CallServices
    private let input: CallInput
    private let tasks: TaskEscalation
    private let state: NIOLockedValueBox<State>

    private struct State {
        var gate = ProgressGate()
        var isClaimed = false
        var used: JSONObject
    }

    init(
        client: ClientCapabilities,
        binding: CallBinding,
        stream: ClientStream,
        progressToken: JSONValue?,
        logLevel: LogLevel?,
        input: CallInput,
        tasks: TaskEscalation,
        services: CallServices
    ) {
        self.client = client
        self.binding = binding
        self.stream = stream
        self.progressToken = progressToken
        self.logLevel = logLevel
        self.input = input
        self.tasks = tasks
        self.services = services
        state = NIOLockedValueBox(State(used: input.state?.answers ?? JSONObject()))
    }

    /// The answers that the call has got, in this round and before.
    var used: JSONObject {
        state.withLockedValue { $0.used }
    }

    func progress(_ progress: Progress) {
        guard let progressToken, state.withLockedValue({ $0.gate.admits(progress, at: .now) }) else { return }
        stream.send(CallNotifications.progress(progress, token: progressToken))
    }

    func log(_ message: LogMessage) async {
        guard let logLevel, message.level >= logLevel else { return }
        stream.send(CallNotifications.log(message))
    }

    func ask(_ questions: [Question], usage: AnswerUsage) async throws(RequestFailure) -> [String: InputAnswer] {
        var answers: [String: InputAnswer] = [:]
        var missing: [Question] = []
        for question in questions {
            guard let value = input.answer(to: question.key, usage: usage) else {
                missing.append(question)
                continue
            }
            do throws(RPCError) {
                answers[question.key] = try question.request.answer(value, to: question.key)
            } catch {
                throw .rpc(error)
            }
        }
        guard missing.isEmpty else { throw interruption(missing, answered: answers) }
        if usage == .once { try await claim() }
        state.withLockedValue { state in
            for (key, answer) in answers { state.used[key] = .object(answer.json) }
        }
        return answers
    }

    func continueAsTask() throws(RequestFailure) {
        try tasks.escalate()
    }

    /// A modern client cannot come back to a stream.
    func release() {}

    func finish(_ work: @escaping @Sendable () async -> Void) async {
        await services.background.finish(work)
    }

    func issueConfirmation(excluding argument: String) throws(RequestFailure) -> String {
        Confirmations(services: services).issue(for: binding, excluding: argument)
    }

    func redeemConfirmation(_ token: String, excluding argument: String) async throws(RequestFailure) -> Bool {
        try await Confirmations(services: services).redeem(token, for: binding, excluding: argument)
    }

    private func interruption(_ missing: [Question], answered: [String: InputAnswer]) -> RequestFailure {
        var answers = used
        for (key, answer) in answered { answers[key] = .object(answer.json) }
        let next = RequestState(
            nonce: input.state?.nonce ?? RandomName.next(),
            round: (input.state?.round ?? 0) + 1,
            expiry: services.expiry,
            asked: missing.map(\.key),
            answers: answers)
        let sealed = services.ring.seal(next.content, for: .requestState, binding: binding.bytes())
        return .interrupted(CallInterruption(reason: .input(InputRequired(questions: missing, state: sealed))))
    }

    /// Takes the answers for a change: one request of all that come with the same state gets to use them.
    private func claim() async throws(RequestFailure) {
        guard let sealed = input.state else { throw .rpc(.invalidState) }
        guard !state.withLockedValue({ $0.isClaimed }) else { return }
        let isFirst: Bool
        do throws(Problem) {
            isFirst = try await services.singleUse.claim("\(sealed.nonce).\(sealed.round)", until: sealed.expiry)
        } catch {
            throw .problem(error)
        }
        guard isFirst else { throw .rpc(.usedState) }
        state.withLockedValue { $0.isClaimed = true }
    }
}
