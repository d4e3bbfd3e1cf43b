public import Contracts
public import MCP

/// The processes behind the tools, as the front door reaches them.
public protocol ToolBackend: Sendable {
    /// A read, answered by the gateway process.
    func ask(_ query: WireQuery, context: CallContext) async throws(WireError) -> FinishedAnswer

    /// A change, carried out by the executor.
    func perform(_ command: WireCommand, context: CallContext) async throws(WireError) -> FinishedAnswer

    /// The guild of a channel: nil for a direct message.
    /// - Throws: `not_found` when there is no such channel, `unavailable` when nobody can tell now.
    func guild(of channel: Snowflake, context: CallContext) async throws(WireError) -> Snowflake?

    /// Takes down a read that was answered, or a call that the access rules refused. Nobody waits for it.
    func record(_ call: CallRecord, caller: Caller, trace: TraceParent?)
}

/// A result that another process finished.
public struct FinishedAnswer: Sendable {
    public var text: String
    /// One JSON object, unread.
    public var structured: [UInt8]
    /// The gateway's "archive", "discord" or "cache", or "executor".
    public var source: String

    public init(text: String, structured: [UInt8], source: String) {
        self.text = text
        self.structured = structured
        self.source = source
    }
}

/// What the audit log is told of a call that changes nothing.
public struct CallRecord: Sendable {
    public var tool: ToolAccess
    public var guild: Snowflake?
    public var channel: Snowflake?
    /// "ok" or the name of an error code.
    public var outcome = "ok"
    /// True: refused by the access rules.
    public var isDenial = false
    public var detail = ""

    init(tool: ToolAccess, guild: Snowflake? = nil, channel: Snowflake? = nil) {
        self.tool = tool
        self.guild = guild
        self.channel = channel
    }
}
