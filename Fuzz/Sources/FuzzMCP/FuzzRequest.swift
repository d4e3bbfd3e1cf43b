import Dispatch
import HTTPTypes
import MCP
import Synchronization

/// One request to a server with one tool, as the fuzzer made it.
struct FuzzRequest: Sendable {
    private static let server: MCPServer = {
        guard let server = try? FuzzServer.make() else { fatalError("the fuzzer's own server cannot be made") }
        return server
    }()
    private static let methods = [
        "tools/call", "tools/list", "server/discover", "resources/read", "prompts/get", "completion/complete",
        "subscriptions/listen", "tasks/get",
    ]

    private let head: MCPRequest
    private let body: [UInt8]

    init(_ choice: UInt8, body: [UInt8]) {
        var headers: HTTPFields = [
            .accept: "application/json, text/event-stream", .contentType: "application/json",
        ]
        if choice & 1 == 0 {
            headers[.mcpProtocolVersion] = "2026-07-28"
            headers[HTTPField.Name("mcp-method")!] = Self.methods[Int(choice >> 1) % Self.methods.count]
            headers[HTTPField.Name("mcp-name")!] = "echo"
        }
        head = MCPRequest(method: .post, headers: headers, id: "fuzz")
        self.body = body
    }

    /// - Returns: the body of the answer; nil for a stream, which the sink has checked.
    func answer() async -> MCPResponse? {
        let reply = await Self.server.respond(to: head, sink: DeafSink()) { () throws(Problem) in body }
        if case .whole(let response) = reply { return response }
        return nil
    }
}

/// Takes streams and tells their writer that nobody reads them, so that they end.
struct DeafSink: ResponseSink {
    func begin(_ status: HTTPResponse.Status, headers: HTTPFields) {}

    func write(_ bytes: [UInt8]) -> Bool {
        false
    }

    func end() {}

    func abort() {}
}

/// The answer, on its way to the fuzzer's thread.
final class OutcomeBox: Sendable {
    private let box = Mutex<MCPResponse?>(nil)

    func set(_ response: MCPResponse?) {
        box.withLock { $0 = response }
    }

    var text: String {
        box.withLock { String(decoding: $0?.body ?? [], as: UTF8.self) }
    }

    /// An answer has JSON, or is an acknowledgement without a body.
    var isGood: Bool {
        guard let response = box.withLock({ $0 }) else { return true }
        if response.body.isEmpty { return response.status == .accepted }
        return (try? JSONReader.read(response.body)) != nil
    }
}

/// Runs asynchronous work from the synchronous function that libFuzzer calls.
func runBlocking(_ work: @escaping @Sendable () async -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        await work()
        done.signal()
    }
    done.wait()
}
