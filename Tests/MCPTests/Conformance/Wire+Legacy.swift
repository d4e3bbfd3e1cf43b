import MCP
import Testing

/// A session of the legacy era.
struct LegacySession: Sendable {
    let wire: Wire
    let id: String
    let version: String
    let initialized: JSONValue

    var headers: [(String, String)] {
        [
            ("accept", "application/json, text/event-stream"), ("content-type", "application/json"),
            ("mcp-session-id", id), ("mcp-protocol-version", version),
        ]
    }

    func request(_ method: String, _ params: String = "{}", id: String = "1") async throws -> Wire.Answer {
        try await wire.send(
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#, headers: headers)
    }

    func call(_ tool: String, _ arguments: String = "{}", meta: String? = nil) async throws -> Wire.Answer {
        let meta = meta.map { #","_meta":\#($0)"# } ?? ""
        return try await request("tools/call", #"{"name":"\#(tool)","arguments":\#(arguments)\#(meta)}"#)
    }

    /// Calls a tool and answers each question of the server's on the way.
    /// - Returns: the questions, and the answer of the call.
    func call(
        _ tool: String, _ arguments: String = "{}", answering answer: (JSONValue) -> String
    ) async throws -> (questions: [JSONValue], last: JSONValue?) {
        let body =
            #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
        return try await wire.open(body, headers: headers) { stream in
            var stream = stream
            var questions: [JSONValue] = []
            var last: JSONValue?
            while let event = try await stream.next() {
                guard let message = event.json else { continue }
                last = message
                guard let id = message["id"], message["method"] != nil else { continue }
                questions.append(message)
                let accepted = try await reply(to: id, answer(message))
                #expect(accepted.status == 202)
            }
            return (questions, last)
        }
    }

    func reply(to id: JSONValue, _ result: String) async throws -> Wire.Answer {
        let id = String(decoding: id.encoded(), as: UTF8.self)
        return try await wire.send(#"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#, headers: headers)
    }
}

extension Wire {
    func session(
        _ version: String = "2025-11-25", capabilities: String = #"{"elicitation":{},"sampling":{}}"#
    ) async throws -> LegacySession {
        let answer = try await send(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":\#(capabilities),"clientInfo":{"name":"t","version":"1"}}}"#,
            headers: [("accept", "application/json, text/event-stream"), ("content-type", "application/json")])
        let session = LegacySession(
            wire: self, id: try #require(answer.session), version: version, initialized: try #require(answer.result))
        let accepted = try await send(
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, headers: session.headers)
        #expect(accepted.status == 202)
        return session
    }
}
