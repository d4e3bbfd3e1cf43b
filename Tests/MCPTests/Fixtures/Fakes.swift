import HTTPTypes
import NIOCore
import TestSupport

@testable import MCP

/// Seven tools that do what the tests need.
struct FakeTools: ToolProvider {
    /// Called by the tool `slow` before it waits for its cancellation.
    var slowBegan: @Sendable () -> Void = {}
    var slowCancelled: @Sendable () -> Void = {}

    static let definitions: [ToolDefinition] = {
        do {
            return try ["send", "empty", "forbidden", "limited", "broken", "slow", "capable"].map { name in
                try ToolDefinition(
                    name: name,
                    title: "The tool \(name)",
                    description: "Does \"\(name)\"",
                    inputSchema: name == "send" ? sendSchema : #"{"type":"object"}"#,
                    outputSchema: name == "send" ? #"{"type": "object", "x-kept": 1.50}"# : nil,
                    annotations: ToolAnnotations(readOnly: false, destructive: false, idempotent: true)
                )
            }
        } catch {
            // The definitions are written here: one that does not compile is a mistake in this file.
            preconditionFailure("\(error)")
        }
    }()

    private static let sendSchema = #"""
        {"type": "object",
         "properties": {
            "channel_id": {"type": "string", "pattern": "^[0-9]{1,20}$", "x-mcp-header": "Channel"},
            "count": {"type": "integer", "minimum": 1, "x-mcp-header": "Count"},
            "silent": {"type": "boolean", "x-mcp-header": "Silent"},
            "content": {"type": "string", "maxLength": 10}
         },
         "required": ["channel_id"], "additionalProperties": false}
        """#

    func tools(for caller: Caller) -> [ToolDefinition] {
        Self.definitions
    }

    func tool(named name: String, for caller: Caller) throws(RequestFailure) -> ToolDefinition? {
        if name == "forbidden" {
            throw .problem(
                Problem(
                    .forbidden, headers: [.wwwAuthenticate: #"Bearer error="insufficient_scope", scope="moderate""#])
            )
        }
        return Self.definitions.first { $0.name == name }
    }

    func call(_ call: ToolCall, context: CallContext) async throws(RequestFailure) -> ToolResult {
        switch call.name {
        case "limited":
            throw .problem(Problem(.tooManyRequests, headers: [.retryAfter: "7"]))
        case "broken":
            throw .rpc(.internalError)
        case "capable":
            let data: JSONValue = .object(["requiredCapabilities": .object(["sampling": .object([:])])])
            throw .rpc(RPCError(code: RPCError.Code.missingClientCapability, message: "sampling needed", data: data))
        case "slow":
            slowBegan()
            await untilCancelled()
            if Task.isCancelled { slowCancelled() }
            return ToolResult(text: ["late"])
        default:
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("raw", String(decoding: call.rawArguments, as: UTF8.self))
                writer.member("caller", context.caller.id)
                writer.member("trace", ifPresent: context.trace.map { String($0.traceLow, radix: 16) })
                if let token = context.progressToken { writer.member("token", token) }
            }
            return ToolResult(text: ["done"], structuredContent: writer.bytes)
        }
    }
}

struct FakeResources: ResourceProvider {
    func resources(for context: CallContext) async throws(RequestFailure) -> [ResourceDefinition] {
        [ResourceDefinition(uri: "demo://one", name: "one", mimeType: "application/json")]
    }

    func templates(for context: CallContext) async throws(RequestFailure) -> [ResourceTemplateDefinition] {
        [ResourceTemplateDefinition(uriTemplate: "demo://{id}", name: "by id")]
    }

    func read(_ uri: String, context: CallContext) async throws(RequestFailure) -> ResourceReading? {
        guard uri == "demo://one" else { return nil }
        return ResourceReading([ResourceContents(uri: uri, mimeType: "application/json", .text(#"{"id":"1"}"#))])
    }
}

/// Takes `good-NAME` for the caller NAME, and finds every other token wrong.
struct FakeAuthenticator: CallerAuthenticator {
    var admitted: @Sendable (AdmissionRequest) -> Void = { _ in }

    var missingCredential: Problem? {
        Problem(.unauthorized, headers: [.wwwAuthenticate: #"Bearer scope="read""#])
    }

    func screen(_ bearer: String) async throws(Problem) {
        guard bearer.hasPrefix("good-") else {
            throw Problem(.unauthorized, headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
        }
    }

    func admit(_ request: AdmissionRequest) async throws(Problem) -> Admission {
        admitted(request)
        if request.tool == "expensive" { throw Problem(.tooManyRequests, headers: [.retryAfter: "3"]) }
        let caller = Caller(id: String(request.bearer.dropFirst(5)), payload: ())
        return Admission(caller: caller, headers: [HTTPField.Name("RateLimit")!: "\"tools\";r=9"])
    }
}

/// Not a signature, but wrong when it is touched.
struct FakeSealer: SessionSealer {
    func seal(_ claims: String) -> String {
        let hex = claims.utf8.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
        return "\(hex).\(checksum(hex))"
    }

    func open(_ sessionID: String) -> String? {
        let parts = sessionID.split(separator: ".")
        guard parts.count == 2, checksum(String(parts[0])) == parts[1] else { return nil }
        let digits = Array(parts[0])
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func checksum(_ text: String) -> String {
        String(text.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) })
    }
}

actor FakeRevocations: SessionRevocations {
    private var revoked: Set<String> = []
    private var isDown = false

    func goDown() {
        isDown = true
    }

    func isRevoked(_ id: String) async throws(Problem) -> Bool {
        if isDown { throw Problem(.serviceUnavailable) }
        return revoked.contains(id)
    }

    func revoke(_ id: String, until expiry: Int64) async throws(Problem) {
        revoked.insert(id)
    }
}
