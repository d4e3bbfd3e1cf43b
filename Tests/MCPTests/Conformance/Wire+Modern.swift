import MCP
import Testing

/// Requests of the modern era.
extension Wire {
    static let everything =
        #"{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}"#
    static let withoutTasks = #"{"elicitation":{},"sampling":{},"roots":{}}"#

    static func body(
        _ method: String, _ params: String = "", meta: String = "", capabilities: String = "{}", id: String = "1"
    ) -> String {
        let envelope =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":\#(capabilities)\#(meta.isEmpty ? "" : ",")\#(meta)}"#
        return
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)\#(params.isEmpty ? "" : ",")\#(envelope)}}"#
    }

    static func headers(_ method: String, name: String? = nil, version: String = "2026-07-28") -> [(String, String)] {
        [
            ("accept", "application/json, text/event-stream"), ("content-type", "application/json"),
            ("mcp-protocol-version", version), ("mcp-method", method),
        ] + (name.map { [("mcp-name", $0)] } ?? [])
    }

    func modern(
        _ method: String,
        _ params: String = "",
        name: String? = nil,
        meta: String = "",
        capabilities: String = "{}",
        id: String = "1"
    ) async throws -> Answer {
        try await send(
            Self.body(method, params, meta: meta, capabilities: capabilities, id: id),
            headers: Self.headers(method, name: name))
    }

    /// Calls a tool.
    /// - Parameter more: further members of `params`.
    func call(
        _ tool: String,
        _ arguments: String = "{}",
        more: String = "",
        meta: String = "",
        capabilities: String = "{}"
    ) async throws -> Answer {
        try await modern(
            "tools/call", #""name":"\#(tool)","arguments":\#(arguments)\#(more.isEmpty ? "" : ",")\#(more)"#,
            name: tool,
            meta: meta, capabilities: capabilities)
    }

    /// Opens `subscriptions/listen` and reads it.
    func listen<Value>(
        _ filter: String, id: String = "\"listen-1\"", capabilities: String = "{}",
        _ read: (EventStream) async throws -> Value
    ) async throws -> Value {
        try await open(
            Self.body("subscriptions/listen", #""notifications":\#(filter)"#, capabilities: capabilities, id: id),
            headers: Self.headers("subscriptions/listen"), read)
    }
}
