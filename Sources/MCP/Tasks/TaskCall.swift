import NIOConcurrencyHelpers

/// A call that runs as a task: its questions are asked through the task's record.
final class TaskCall: CallChannel {
    let client: ClientCapabilities
    private let id: String
    private let desk: TaskDesk
    private let signals: TaskSignals
    private let binding: CallBinding
    private let services: CallServices
    /// Answers that were given before the call became a task.
    private let known: JSONObject
    private let state = NIOLockedValueBox((asked: Set<String>(), waited: Duration.zero))

    init(
        id: String,
        client: ClientCapabilities,
        known: JSONObject,
        binding: CallBinding,
        desk: TaskDesk,
        signals: TaskSignals,
        services: CallServices
    ) {
        self.id = id
        self.client = client
        self.known = known
        self.binding = binding
        self.desk = desk
        self.signals = signals
        self.services = services
    }

    var waited: Duration {
        state.withLockedValue { $0.waited }
    }

    /// A task is polled: there is no stream to tell these on.
    func progress(_ progress: Progress) {}

    func log(_ message: LogMessage) async {}

    func ask(_ questions: [Question], usage: AnswerUsage) async throws(RequestFailure) -> [String: InputAnswer] {
        var answers: [String: InputAnswer] = [:]
        var open: [(name: String, question: Question)] = []
        for question in questions {
            if let value = known[question.key] {
                answers[question.key] = try check(value, question)
            } else {
                open.append((uniqueName(question.key), question))
            }
        }
        guard !open.isEmpty else { return answers }
        let given = try await self.answers(to: open)
        for (name, question) in open {
            guard let value = given[name] else { throw .rpc(.internalError) }
            answers[question.key] = try check(value, question)
        }
        return answers
    }

    func continueAsTask() throws(RequestFailure) {}

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

    private func answers(to open: [(name: String, question: Question)]) async throws(RequestFailure) -> JSONObject {
        let began = ContinuousClock.now
        defer { state.withLockedValue { $0.waited += began.duration(to: .now) } }
        do throws(Problem) {
            try await desk.change(id) { record in
                record.status = .inputRequired
                for (name, question) in open { record.questions[name] = question.request.json }
            }
            for await _ in signals.signals(of: id) {
                guard let record = try await desk.record(id), !record.status.isFinal else { break }
                guard open.allSatisfy({ record.answers[$0.name] != nil }) else {
                    guard began.duration(to: .now) < services.inputTimeout else { break }
                    continue
                }
                try await desk.change(id) { record in
                    record.status = .working
                    for (name, _) in open { record.answers[name] = nil }
                }
                return record.answers
            }
        } catch {
            throw .problem(error)
        }
        if Task.isCancelled { throw .interrupted(CallInterruption(reason: .cancelled)) }
        throw .rpc(.invalidParams("Nobody answered in time"))
    }

    private func check(_ value: JSONValue, _ question: Question) throws(RequestFailure) -> InputAnswer {
        do throws(RPCError) {
            return try question.request.answer(value, to: question.key)
        } catch {
            throw .rpc(error)
        }
    }

    /// No name may stand for two questions in the life of a task.
    private func uniqueName(_ key: String) -> String {
        state.withLockedValue { state in
            var name = key
            var count = 1
            while !state.asked.insert(name).inserted {
                count += 1
                name = "\(key)-\(count)"
            }
            return name
        }
    }
}

extension InputRequest {
    var json: JSONValue {
        var writer = JSONWriter()
        writer.object { write(to: &$0) }
        // What our own writer wrote is JSON.
        return (try? JSONReader.read(writer.bytes)) ?? .null
    }
}
