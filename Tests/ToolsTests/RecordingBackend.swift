import Contracts
import HTTPTypes
import MCP
import NIOConcurrencyHelpers
import Tools

/// Takes down what it is asked, and answers with what it was told to.
final class RecordingBackend: ToolBackend {
    struct State {
        var queries: [WireQuery] = []
        var commands: [WireCommand] = []
        var records: [CallRecord] = []
        var failure: WireError?
    }

    static let guild = Snowflake(100)
    static let otherGuild = Snowflake(200)
    static let channel = Snowflake(101)
    static let otherChannel = Snowflake(201)

    let state = NIOLockedValueBox(State())

    func ask(_ query: WireQuery, context: CallContext) async throws(WireError) -> FinishedAnswer {
        let failure = state.withLockedValue {
            $0.queries.append(query)
            return $0.failure
        }
        if let failure { throw failure }
        return FinishedAnswer(text: "read", structured: Array("{}".utf8), source: "archive")
    }

    func perform(_ command: WireCommand, context: CallContext) async throws(WireError) -> FinishedAnswer {
        let failure = state.withLockedValue {
            $0.commands.append(command)
            return $0.failure
        }
        if let failure { throw failure }
        return FinishedAnswer(text: "done", structured: Array(#"{"result":"done"}"#.utf8), source: "executor")
    }

    func guild(of channel: Snowflake, context: CallContext) async throws(WireError) -> Snowflake? {
        switch channel {
        case Self.channel: Self.guild
        case Self.otherChannel: Self.otherGuild
        case Snowflake(301): nil
        default: throw WireError(.notFound, "There is no channel \(channel).")
        }
    }

    func record(_ call: CallRecord, caller: Caller, trace: TraceParent?) {
        state.withLockedValue { $0.records.append(call) }
    }

    var queries: [WireQuery] { state.withLockedValue { $0.queries } }
    var commands: [WireCommand] { state.withLockedValue { $0.commands } }
    var records: [CallRecord] { state.withLockedValue { $0.records } }
}

/// A call as the protocol core makes it: find the tool, then call it with arguments that were read from JSON.
struct ToolHarness {
    let backend = RecordingBackend()
    let provider: DiscordToolProvider<RecordingBackend>

    init(ceiling: OperatorCeiling = OperatorCeiling()) throws {
        provider = DiscordToolProvider(
            catalogue: try ToolCatalogue(), backend: backend, ceiling: ceiling,
            resourceMetadata: "https://h/metadata", now: { 1_000 })
    }

    func caller(_ grant: AccessGrant) -> Caller {
        Caller(id: grant.keyID, payload: grant)
    }

    func call(_ name: String, _ json: String, as grant: AccessGrant = .of(.admin)) async throws -> ToolResult {
        let raw = Array(json.utf8)
        let caller = caller(grant)
        guard try provider.tool(named: name, for: caller) != nil else {
            throw RequestFailure.rpc(.invalidParams("Unknown tool: \(name)"))
        }
        let arguments = try JSONReader.read(raw).object ?? JSONObject()
        return try await provider.call(
            ToolCall(name: name, arguments: arguments, rawArguments: raw),
            context: CallContext(caller: caller, requestID: "r", deadline: .now + .seconds(5)))
    }

    /// The HTTP status of a refusal; nil when the call went through.
    func status(_ name: String, _ json: String, as grant: AccessGrant) async throws -> Int? {
        do {
            _ = try await call(name, json, as: grant)
            return nil
        } catch RequestFailure.problem(let problem) {
            return problem.status.code
        }
    }
}

extension AccessGrant {
    static func of(_ level: AccessLevel) -> AccessGrant {
        AccessGrant(keyID: "key", tenant: "tenant", name: "test", level: level)
    }
}
