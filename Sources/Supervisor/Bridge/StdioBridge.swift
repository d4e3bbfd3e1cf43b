import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Carries MCP messages between standard input and output and a front door's HTTP endpoint, in both eras of the protocol.
actor StdioBridge {
    /// A tool may wait for a rate limit of Discord.
    private static let timeout: TimeAmount = .minutes(5)

    private let endpoint: String
    private let key: String
    /// Of a client from before 2026-07-28: given by the answer to `initialize`.
    private var sessionID: String?
    private var negotiatedVersion: String?

    init(endpoint: String, key: String) {
        self.endpoint = endpoint
        self.key = key
    }

    /// Returns when standard input has ended and everything is answered.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await line in StandardInput.lines() {
                let message = BridgedMessage(line)
                if message?.method == "initialize" {
                    // Every later message needs the session that its answer gives.
                    await forward(line, message)
                } else {
                    group.addTask { await self.forward(line, message) }
                }
            }
        }
        await endSession()
    }

    private func forward(_ line: [UInt8], _ message: BridgedMessage?) async {
        do {
            let response = try await HTTPClient.shared.execute(request(line, message), timeout: Self.timeout)
            if message?.method == "initialize" { sessionID = response.headers.first(name: "Mcp-Session-Id") }
            let isStream = response.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true
            if isStream {
                var parser = EventStreamParser()
                for try await piece in response.body {
                    for event in parser.add(piece.readableBytesView) { write(event) }
                }
            } else {
                let body = Array(try await response.body.collect(upTo: 64 << 20).readableBytesView)
                answer(body, status: response.status, to: message)
            }
        } catch {
            fail(message, "The front door at \(endpoint) cannot be reached: \(error). Start it with `discord-mcp run`.")
        }
    }

    private func request(_ line: [UInt8], _ message: BridgedMessage?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: endpoint)
        request.method = .POST
        request.headers = [
            "Authorization": "Bearer \(key)", "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        ]
        if let version = message?.claimedVersion {
            request.headers.add(name: "MCP-Protocol-Version", value: version)
            if let method = message?.method { request.headers.add(name: "Mcp-Method", value: method) }
            if let name = message?.mirroredName {
                request.headers.add(name: "Mcp-Name", value: BridgedMessage.headerValue(name))
            }
        } else {
            if let sessionID { request.headers.add(name: "Mcp-Session-Id", value: sessionID) }
            if let negotiatedVersion { request.headers.add(name: "MCP-Protocol-Version", value: negotiatedVersion) }
        }
        request.body = .bytes(line)
        return request
    }

    private func answer(_ body: [UInt8], status: HTTPResponseStatus, to message: BridgedMessage?) {
        if status == .accepted || body.isEmpty { return }
        guard let reply = BridgedReply(body) else {
            return fail(message, "The front door answered \(status.code): \(String(decoding: body, as: UTF8.self))")
        }
        if message?.method == "initialize" { negotiatedVersion = reply.protocolVersion }
        write(body)
    }

    /// A request must be answered; nobody waits for an answer to a notification.
    private func fail(_ message: BridgedMessage?, _ reason: String) {
        if let id = message?.id, message?.method != nil {
            write(Array(BridgedMessage.failure(id, reason).utf8))
        } else {
            Terminal.complain(reason)
        }
    }

    /// Line ends inside JSON are only ever white space; in the middle of a message they would cut it in two.
    private func write(_ json: [UInt8]) {
        let line = json.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        Terminal.print(String(decoding: line, as: UTF8.self))
    }

    private func endSession() async {
        guard let sessionID else { return }
        var request = HTTPClientRequest(url: endpoint)
        request.method = .DELETE
        request.headers = ["Authorization": "Bearer \(key)", "Mcp-Session-Id": sessionID]
        // The session ends by itself too.
        _ = try? await HTTPClient.shared.execute(request, timeout: .seconds(2))
    }
}
