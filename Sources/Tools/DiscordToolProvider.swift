public import Contracts
public import MCP

/// The tools as one key sees them: finds, decides, maps to contracts, hands on.
///
/// A caller's payload is its `AccessGrant`.
public struct DiscordToolProvider<Backend: ToolBackend>: ToolProvider {
    private let catalogue: ToolCatalogue
    private let backend: Backend
    private let ceiling: OperatorCeiling
    private let resourceMetadata: String
    private let now: @Sendable () -> Int64

    /// - Parameters:
    ///   - resourceMetadata: URL of the protected-resource metadata, for challenges.
    ///   - now: unix milliseconds.
    public init(
        catalogue: ToolCatalogue,
        backend: Backend,
        ceiling: OperatorCeiling,
        resourceMetadata: String,
        now: @escaping @Sendable () -> Int64
    ) {
        self.catalogue = catalogue
        self.backend = backend
        self.ceiling = ceiling
        self.resourceMetadata = resourceMetadata
        self.now = now
    }

    public func tools(for caller: Caller) -> [ToolDefinition] {
        guard let grant = caller.payload as? AccessGrant else { return [] }
        return catalogue.entries.filter { isVisible($0, to: grant) }.map(\.definition)
    }

    public func tool(named name: String, for caller: Caller) throws(RequestFailure) -> ToolDefinition? {
        guard let entry = catalogue.entry(named: name), let grant = caller.payload as? AccessGrant else { return nil }
        do throws(AccessDenial) {
            try AccessPolicy.check(grant, tool: entry.tool.access, ceiling: ceiling, nowUnixMilliseconds: now())
        } catch {
            throw .problem(refuse(error, call: CallRecord(tool: entry.tool.access), caller: caller, trace: nil))
        }
        return entry.definition
    }

    public func call(_ call: ToolCall, context: CallContext) async throws(RequestFailure) -> ToolResult {
        guard let entry = catalogue.entry(named: call.name), let grant = context.caller.payload as? AccessGrant else {
            throw .rpc(.invalidParams("Unknown tool: \(call.name)"))
        }
        let request: ToolRequest
        do throws(ArgumentFault) {
            request = try entry.tool.request(ToolArguments(call.arguments))
        } catch {
            return .failure("invalid_argument: \(error.argument) \(error.message).")
        }
        var record = CallRecord(tool: entry.tool.access, guild: request.guild, channel: request.channel)
        do throws(AccessDenial) {
            try AccessPolicy.check(grant, channel: request.channel)
        } catch {
            throw .problem(refuse(error, call: record, caller: context.caller, trace: context.trace))
        }
        let guild: Snowflake?
        do throws(WireError) {
            guild = try await self.guild(of: request, context: context)
        } catch {
            return try fail(error, record: record, context: context)
        }
        record.guild = guild
        do throws(AccessDenial) {
            try AccessPolicy.check(
                grant, tool: entry.tool.access, guild: guild, channel: request.channel, ceiling: ceiling,
                nowUnixMilliseconds: now())
        } catch {
            throw .problem(refuse(error, call: record, caller: context.caller, trace: context.trace))
        }
        if let named = request.guild, let guild, named != guild {
            return .failure(
                "invalid_argument: the channel belongs to guild \(guild), not to \(named). Use the guild of the channel."
            )
        }
        do throws(WireError) {
            let answer = try await send(request, grant: grant, tool: entry.tool.access, context: context)
            if case .query = request.body { backend.record(record, caller: context.caller, trace: context.trace) }
            return ToolResult(text: [answer.text], structuredContent: answer.structured)
        } catch {
            return try fail(error, record: record, context: context)
        }
    }

    private func guild(of request: ToolRequest, context: CallContext) async throws(WireError) -> Snowflake? {
        guard let channel = request.channel else { return request.guild }
        return try await backend.guild(of: channel, context: context)
    }

    private func send(
        _ request: ToolRequest, grant: AccessGrant, tool: ToolAccess, context: CallContext
    ) async throws(WireError) -> FinishedAnswer {
        switch request.body {
        case .query(let body):
            var query = WireQuery()
            query.principal = grant.principal
            query.scope = grant.scope
            query.body = body
            return try await backend.ask(query, context: context)
        case .command(let body, let idempotencyKey):
            var command = WireCommand()
            command.principal = grant.principal
            command.tool = tool.name
            command.idempotencyKey = idempotencyKey ?? ""
            command.body = body
            return try await backend.perform(command, context: context)
        }
    }

    private func fail(
        _ error: WireError, record: CallRecord, context: CallContext
    ) throws(RequestFailure) -> ToolResult {
        var record = record
        record.outcome = error.code.name
        record.detail = error.message
        record.isDenial = error.code == .accessDenied
        // The executor writes down the calls that reach it; what did not is written here.
        let neverArrived = [.unavailable, .busy, .expired, .notFound].contains(error.code)
        if record.isDenial || record.tool.effect == .read || neverArrived {
            backend.record(record, caller: context.caller, trace: context.trace)
        }
        return try error.answer(resourceMetadata: resourceMetadata)
    }

    private func refuse(_ denial: AccessDenial, call: CallRecord, caller: Caller, trace: TraceParent?) -> Problem {
        let error = denial.wireError
        var record = call
        record.isDenial = true
        record.outcome = error.code.name
        record.detail = error.message
        backend.record(record, caller: caller, trace: trace)
        return error.insufficientScope(resourceMetadata: resourceMetadata)
    }

    private func isVisible(_ entry: ToolCatalogue.Entry, to grant: AccessGrant) -> Bool {
        do throws(AccessDenial) {
            try AccessPolicy.check(grant, tool: entry.tool.access, ceiling: ceiling, nowUnixMilliseconds: now())
            return true
        } catch {
            return false
        }
    }
}
