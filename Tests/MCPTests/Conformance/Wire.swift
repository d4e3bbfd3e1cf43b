import AsyncHTTPClient
import Logging
import MCP
import NIOCore
import NIOHTTP1
import Testing

@testable import MCPConformance

/// A conformance server on a real socket, and requests to it as a client sends them.
struct Wire: Sendable {
    let server: ConformanceServer
    let listener: MCPListener
    let url: String
    private let client: HTTPClient

    /// Serves while the test runs, then drains.
    static func with(
        edge: EdgeConfiguration = EdgeConfiguration(),
        sinks: SinkLimits = SinkLimits(),
        state: MCPState = ConformanceServer.makeState(),
        _ adjust: (inout MCPConfiguration) -> Void = { _ in },
        _ test: (Wire) async throws -> Void
    ) async throws {
        let server = try ConformanceServer(state: state, adjust)
        let listener = try await server.listener(
            port: 0, edge: edge, limits: ConnectionLimits(drainIdle: .milliseconds(20), drain: .seconds(5)),
            sinks: sinks, logger: Logger(label: "test"))
        let port = try #require(listener.port)
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await server.run(listener) }
                defer {
                    server.server.drain()
                    listener.drain()
                }
                try await test(
                    Wire(server: server, listener: listener, url: "http://127.0.0.1:\(port)/mcp", client: client))
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    /// A whole answer: the messages of its JSON body or of its event stream.
    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]
        let events: [EventReader.Event]

        func header(_ name: String) -> String? {
            headers.first(name: name)
        }

        var isStream: Bool {
            headers.first(name: "content-type") == "text/event-stream"
        }

        var messages: [JSONValue] {
            if isStream { return events.compactMap(\.json) }
            return (try? JSONReader.read(body)).map { [$0] } ?? []
        }

        /// The response, which comes last.
        var message: JSONValue? { messages.last }
        var result: JSONValue? { message?["result"] }
        var error: JSONValue? { message?["error"] }
        var code: Int64? { error?["code"]?.integer }
        var text: String? { result?["content"]?.array?.first?["text"]?.string }
        var session: String? { headers.first(name: "mcp-session-id") }
    }

    func send(
        _ body: String?, method: HTTPMethod = .POST, headers: [(String, String)]
    ) async throws -> Answer {
        try await open(body, method: method, headers: headers) { stream in
            var stream = stream
            var events: [EventReader.Event] = []
            while let event = try await stream.next() { events.append(event) }
            return Answer(status: stream.status, headers: stream.headers, body: stream.body, events: events)
        }
    }

    /// Reads an answer event by event. The connection closes when `read` returns early.
    func open<Value>(
        _ body: String?,
        method: HTTPMethod = .POST,
        headers: [(String, String)],
        _ read: (EventStream) async throws -> Value
    ) async throws -> Value {
        var request = HTTPClientRequest(url: url)
        request.method = method
        request.headers = HTTPHeaders(headers)
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        return try await read(EventStream(response))
    }

    /// An answer that is being read.
    struct EventStream {
        let status: Int
        let headers: HTTPHeaders
        private(set) var body: [UInt8] = []
        private var chunks: HTTPClientResponse.Body.AsyncIterator
        private var reader = EventReader()
        private var ready: [EventReader.Event] = []

        init(_ response: HTTPClientResponse) {
            status = Int(response.status.code)
            headers = response.headers
            chunks = response.body.makeAsyncIterator()
        }

        var comments: Int { reader.comments }

        /// Nil at the end.
        mutating func next() async throws -> EventReader.Event? {
            while ready.isEmpty {
                guard let chunk = try await chunks.next(isolation: #isolation) else { return nil }
                body += chunk.readableBytesView
                ready += reader.read(chunk.readableBytesView)
            }
            return ready.removeFirst()
        }
    }
}
