import NIOConcurrencyHelpers

/// A call of the legacy era: a question goes out on the answer's stream, and its answer comes with another request,
/// perhaps to another front door.
final class LegacyCall: CallChannel {
    let client: ClientCapabilities
    private let session: SessionClaims
    private let binding: CallBinding
    private let stream: ClientStream
    private let progressToken: JSONValue?
    private let mailroom: Mailroom
    private let store: any SessionStore
    private let services: CallServices
    private let state = NIOLockedValueBox(State())

    private struct State {
        var gate = ProgressGate()
        var logLevel: LogLevel?
        var waited = Duration.zero
    }

    init(
        session: SessionClaims,
        binding: CallBinding,
        stream: ClientStream,
        progressToken: JSONValue?,
        mailroom: Mailroom,
        store: any SessionStore,
        services: CallServices
    ) {
        client = session.client
        self.session = session
        self.binding = binding
        self.stream = stream
        self.progressToken = progressToken
        self.mailroom = mailroom
        self.store = store
        self.services = services
    }

    var waited: Duration {
        state.withLockedValue { $0.waited }
    }

    func progress(_ progress: Progress) {
        guard let progressToken, state.withLockedValue({ $0.gate.admits(progress, at: .now) }) else { return }
        stream.send(CallNotifications.progress(progress, token: progressToken))
    }

    func log(_ message: LogMessage) async {
        guard message.level >= (await logLevel()) else { return }
        stream.send(CallNotifications.log(message))
    }

    func ask(_ questions: [Question], usage: AnswerUsage) async throws(RequestFailure) -> [String: InputAnswer] {
        let began = ContinuousClock.now
        defer { state.withLockedValue { $0.waited += began.duration(to: .now) } }
        let tickets = questions.map { _ in mailroom.ticket() }
        for (question, ticket) in zip(questions, tickets) {
            mailroom.expect(ticket, session: session.id, until: .now + services.inputTimeout)
            stream.send(request(question, ticket))
        }
        var answers: [String: InputAnswer] = [:]
        do throws(RequestFailure) {
            for (question, ticket) in zip(questions, tickets) {
                answers[question.key] = try await answer(to: question, ticket)
            }
        } catch {
            for ticket in tickets { mailroom.forget(ticket) }
            throw error
        }
        return answers
    }

    private func answer(to question: Question, _ ticket: String) async throws(RequestFailure) -> InputAnswer {
        let reply = await mailroom.reply(to: ticket)
        do throws(RPCError) {
            switch reply {
            case .result(let value): return try question.request.answer(value, to: question.key)
            case .error: throw .invalidParams("The client answered \(question.key) with an error")
            case .nothing: throw .invalidParams("Nobody answered \(question.key) in time")
            }
        } catch {
            throw Task.isCancelled ? .interrupted(CallInterruption(reason: .cancelled)) : .rpc(error)
        }
    }

    /// Tasks came with the modern era.
    func continueAsTask() throws(RequestFailure) {}

    func release() {
        stream.release()
    }

    func finish(_ work: @escaping @Sendable () async -> Void) async {
        await services.background.finish(work)
    }

    func issueConfirmation(excluding argument: String) throws(RequestFailure) -> String {
        Confirmations(services: services).issue(for: binding, excluding: argument)
    }

    func redeemConfirmation(_ token: String, excluding argument: String) async throws(RequestFailure) -> Bool {
        try await Confirmations(services: services).redeem(token, for: binding, excluding: argument)
    }

    private func request(_ question: Question, _ ticket: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("jsonrpc", "2.0")
            writer.member("id", ticket)
            question.request.write(to: &writer, legacy: (session.version, ticket))
        }
        return writer.bytes
    }

    private func logLevel() async -> LogLevel {
        if let known = state.withLockedValue({ $0.logLevel }) { return known }
        let level: LogLevel
        do throws(Problem) {
            // A client that never said a level gets what it can use.
            level = try await store.state(of: session.id).logLevel ?? .info
        } catch {
            level = .warning
        }
        state.withLockedValue { $0.logLevel = level }
        return level
    }
}
