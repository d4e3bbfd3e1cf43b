import HTTPTypes
import Testing

@testable import MCP

/// A server with fakes around it, and the requests that clients send.
struct TestServer {
    let revocations: FakeRevocations

    let server: MCPServer

    init(
        tools: FakeTools = FakeTools(),
        authenticator: FakeAuthenticator = FakeAuthenticator(),
        configuration: MCPConfiguration = Self.configuration,
        revocations: FakeRevocations = FakeRevocations(),
        unixTime: @escaping @Sendable () -> Int64 = { 1_800_000_000 }
    ) {
        self.revocations = revocations
        server = MCPServer(
            configuration: configuration,
            providers: MCPProviders(tools: tools, resources: FakeResources()),
            authenticator: authenticator,
            state: MCPState(
                ring: .ephemeral(),
                sealer: FakeSealer(),
                revocations: revocations,
                singleUse: InMemorySingleUse(unixTime: unixTime)),
            unixMilliseconds: { unixTime() * 1000 }
        )
    }

    static let configuration = MCPConfiguration(
        name: "test-server",
        title: "Test",
        version: "1.2.3",
        instructions: "Read before you write."
    )

    static let meta =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"9"},"io.modelcontextprotocol/clientCapabilities":{}}"#

    static let plainHeaders: HTTPFields = [
        .authorization: "Bearer good-ada", .contentType: "application/json",
        .accept: "application/json, text/event-stream",
    ]

    static func modernHeaders(_ method: String, name: String? = nil) -> HTTPFields {
        var headers = plainHeaders
        headers[.mcpProtocolVersion] = "2026-07-28"
        headers[.mcpMethod] = method
        headers[.mcpName] = name
        return headers
    }

    static func modernBody(_ method: String, _ params: String = "", id: String = "1") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)\#(params.isEmpty ? "" : ",")\#(meta)}}"#
    }

    func send(_ body: String, headers: HTTPFields, method: HTTPRequest.Method = .post) async -> MCPResponse {
        await send(Array(body.utf8), headers: headers, method: method)
    }

    func send(_ body: [UInt8], headers: HTTPFields, method: HTTPRequest.Method = .post) async -> MCPResponse {
        let sink = CollectingSink()
        let request = MCPRequest(method: method, headers: headers, id: "r1")
        return switch await server.respond(to: request, sink: sink, body: { () throws(Problem) in body }) {
        case .whole(let response): response
        case .streamed: sink.response
        }
    }

    func modern(_ method: String, _ params: String = "", name: String? = nil, id: String = "1") async -> MCPResponse {
        await send(Self.modernBody(method, params, id: id), headers: Self.modernHeaders(method, name: name))
    }

    /// Begins a session and returns the headers of the requests in it.
    func session(_ version: String = "2025-11-25", caller: String = "ada") async throws -> HTTPFields {
        var headers = Self.plainHeaders
        headers[.authorization] = "Bearer good-\(caller)"
        let body =
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":{},"clientInfo":{"name":"c","version":"9"}}}"#
        let response = await send(body, headers: headers)
        let id: String = try #require(response.headers[.mcpSessionID])
        headers[.mcpSessionID] = id
        headers[.mcpProtocolVersion] = version
        return headers
    }
}

extension MCPResponse {
    var json: JSONValue? {
        try? JSONReader.read(body)
    }

    var text: String {
        String(decoding: body, as: UTF8.self)
    }

    var errorCode: Int64? {
        json?["error"]?["code"]?.integer
    }
}
