import HTTPTypes

/// The tasks extension: a call whose result is fetched later.
extension MCPServer {
    private static let session = "task"

    private var desk: TaskDesk? {
        state.tasks.map { store in
            TaskDesk(store: store, timeToLive: configuration.taskLifetime, now: now) { [self] record in
                await post(.task(id: record.id))
            }
        }
    }

    /// Begins a task with a call, and tells of it once its record is durable.
    func startTask(
        _ toolCall: ToolCall,
        of tool: ToolDefinition,
        _ call: Call,
        _ exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let desk else { throw .rpc(.internalError) }
        let caller = exchange.caller
        guard taskPlaces.take(for: caller) else {
            throw .problem(
                Problem(
                    .tooManyRequests, detail: "Too many tasks run already. Wait for one to end, or cancel one.",
                    headers: [.retryAfter: "5"]))
        }
        let record: TaskRecord
        do throws(Problem) {
            record = try await desk.open(for: caller)
        } catch {
            taskPlaces.giveBack(of: caller)
            throw .problem(error)
        }
        let channel = TaskCall(
            id: record.id, client: call.context.client, known: (call.channel as? ModernCall)?.used ?? JSONObject(),
            binding: call.binding, desk: desk, signals: runningTasks, services: services)
        let context = CallContext(
            caller: exchange.caller, requestID: exchange.request.id, deadline: .now + configuration.taskLifetime,
            trace: call.context.trace, progressToken: nil, channel: channel)
        let isStarted = background.start { [self] in
            await runTask(record.id, toolCall, of: tool, context: context, desk)
            taskPlaces.giveBack(of: caller)
        }
        guard isStarted else {
            taskPlaces.giveBack(of: caller)
            throw .problem(Problem(.serviceUnavailable, detail: "The server stops.", headers: [.retryAfter: "1"]))
        }
        return RPCResult(.task) { record.write(to: &$0, detailed: false) }
    }

    func handleTask(_ call: ModernRequest, in exchange: Exchange) async throws(RequestFailure) -> RPCResult {
        guard let desk else { throw .rpc(.methodNotFound) }
        guard call.envelope.client.hasExtension(TasksExtension.name) else {
            throw .rpc(.missingCapability(TasksExtension.requirement))
        }
        guard let id = call.request.params["taskId"]?.string else {
            throw .rpc(.invalidParams("params.taskId is required and must be a string"))
        }
        let record: TaskRecord?
        do throws(Problem) {
            record = try await desk.record(id, of: exchange.caller)
        } catch {
            throw .problem(error)
        }
        guard let record else {
            throw .rpc(.invalidParams("Unknown task", data: .object(["taskId": .string(id)])))
        }
        switch call.method {
        case .getTask: return RPCResult { record.write(to: &$0, detailed: true) }
        case .updateTask: try await update(record, call.request.params, desk)
        default: try await cancel(record, desk)
        }
        return RPCResult()
    }

    /// Those of the tasks that this caller has.
    func knownTasks(
        _ ids: [String], _ call: ModernRequest, in exchange: Exchange
    ) async throws(RequestFailure) -> [String] {
        guard let desk, call.envelope.client.hasExtension(TasksExtension.name) else { return [] }
        var known: [String] = []
        for id in ids {
            do throws(Problem) {
                if try await desk.record(id, of: exchange.caller) != nil { known.append(id) }
            } catch {
                throw .problem(error)
            }
        }
        return known
    }

    /// A record was changed, here or elsewhere.
    func taskChanged(_ id: String) async {
        runningTasks.signal(id)
        let name = CancellableCalls.Name(session: Self.session, request: .string(id))
        guard calls.isRunning(name) || hub.isWanted(.task(id: id)), let record = try? await desk?.record(id) else {
            return
        }
        if record.status == .cancelled { calls.cancel(name) }
        hub.publish(
            .task(id: id), to: { $0.id == record.principal }, content: { record.write(to: &$0, detailed: true) })
    }

    func renewLeases() async {
        guard let desk else { return }
        for name in calls.running(in: Self.session) {
            guard let id = name.request.string else { continue }
            _ = try? await desk.change(id, silently: true) { $0.lease = desk.now() + TaskDesk.lease }
        }
    }

    private func update(
        _ record: TaskRecord, _ params: JSONObject, _ desk: TaskDesk
    ) async throws(RequestFailure) {
        guard let answers = params["inputResponses"]?.object, answers.members.allSatisfy({ $0.value.object != nil })
        else {
            throw .rpc(.invalidParams("params.inputResponses must be an object of objects"))
        }
        do throws(Problem) {
            try await desk.change(record.id) { record in
                for member in answers.members where record.questions[member.name] != nil {
                    record.questions[member.name] = nil
                    record.answers[member.name] = member.value
                }
                if record.questions.isEmpty { record.status = .working }
            }
        } catch {
            throw .problem(error)
        }
    }

    private func cancel(_ record: TaskRecord, _ desk: TaskDesk) async throws(RequestFailure) {
        do throws(Problem) {
            try await desk.change(record.id) { record in
                record.status = .cancelled
                record.statusMessage = "Cancelled by the client."
                record.questions = JSONObject()
            }
        } catch {
            throw .problem(error)
        }
    }

    private func runTask(
        _ id: String, _ toolCall: ToolCall, of tool: ToolDefinition, context: CallContext, _ desk: TaskDesk
    ) async {
        let name = CancellableCalls.Name(session: Self.session, request: .string(id))
        let outcome = await calls.run(name) { [self] () async -> (TaskRecord.Status, JSONValue) in
            do throws(RequestFailure) {
                let result = try await run(toolCall, of: tool, context: context)
                var writer = JSONWriter()
                writer.object { encoder.write(RPCResult { result.writeMembers(to: &$0) }, .modern, to: &$0) }
                return (.completed, (try? JSONReader.read(writer.bytes, limits: .unbounded)) ?? .null)
            } catch {
                switch error {
                case .rpc(let error): return (.failed, error.json)
                case .problem(let problem): return (.failed, problem.rpcError(requestID: context.requestID).json)
                case .interrupted: return (.cancelled, .null)
                }
            }
        }
        runningTasks.forget(id)
        guard let outcome else { return }
        // When it cannot be written down, the lease runs out and the task is found to have failed.
        _ = try? await desk.change(id) { record in
            record.status = outcome.0
            record.questions = JSONObject()
            if outcome.0 != .cancelled { record.outcome = outcome.1 }
        }
    }
}
