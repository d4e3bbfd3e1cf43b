import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct EdgeTests {
    private func with(
        _ configuration: EdgeConfiguration = EdgeConfiguration(),
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let router = MCPEdge(configuration: configuration, server: TestServer().server).makeRouter()
        router.get("/health") { _, _ in Response(json: Array(#"{"ok":true}"#.utf8)) }
        router.get("/problem") { _, _ -> Response in throw Problem(.conflict, detail: "Twice.") }
        router.get("/broken") { _, _ -> Response in throw Broken(secret: "secret inside") }
        try await Application(router: router).test(.router) { try await test($0) }
    }

    private struct Broken: Error {
        let secret: String
    }

    private static let body = ByteBuffer(string: TestServer.modernBody("server/discover"))
    private static let headers = TestServer.modernHeaders("server/discover")

    @Test func servesTheEndpoint() async throws {
        try await with { client in
            let response = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: Self.body)
            #expect(response.status == .ok)
            #expect(response.headers[.requestID]?.count == 32)
            #expect(response.headers[.contentType] == "application/json")
            let other = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: Self.body)
            #expect(other.headers[.requestID] != response.headers[.requestID])
        }
    }

    @Test(arguments: [HTTPRequest.Method.get, .put, .patch, .head, .options, .delete])
    func otherMethods(_ method: HTTPRequest.Method) async throws {
        try await with { client in
            let response = try await client.execute(uri: "/mcp", method: method, headers: Self.headers)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "POST")
        }
    }

    @Test func bodiesAreBounded() async throws {
        try await with(EdgeConfiguration(maximumBody: 1000)) { client in
            let large = ByteBuffer(
                string: TestServer.modernBody("server/discover", #""x":"\#(String(repeating: "x", count: 1000))""#))
            let response = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: large)
            #expect(response.status == .contentTooLarge)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }

    @Test func requestsAreBounded() async throws {
        try await with(EdgeConfiguration(maximumConcurrentRequests: 0)) { client in
            let response = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: Self.body)
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] == "1")
            #expect(try await client.execute(uri: "/health", method: .get).status == .ok)
        }
        let slots = RequestSlots(limit: 2)
        #expect([slots.take(), slots.take(), slots.take()] == [true, true, false])
        slots.giveBack()
        #expect(slots.take())
    }

    /// No place, and no byte of a body, for whoever has no credential of ours.
    @Test func strangersTakeNoPlace() async throws {
        var stranger = Self.headers
        stranger[.authorization] = "Bearer bad"
        let headers = stranger
        try await with(EdgeConfiguration(maximumBody: 10, maximumConcurrentRequests: 0)) { client in
            let response = try await client.execute(uri: "/mcp", method: .post, headers: headers, body: Self.body)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == #"Bearer error="invalid_token""#)
        }
    }

    @Test func bodiesTogetherAreBounded() async throws {
        let size = Self.body.readableBytes
        try await with(EdgeConfiguration(maximumBufferedBodies: size)) { client in
            for _ in 0..<3 {
                let fits = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: Self.body)
                #expect(fits.status == .ok)
            }
        }
        try await with(EdgeConfiguration(maximumBufferedBodies: size - 1)) { client in
            let response = try await client.execute(uri: "/mcp", method: .post, headers: Self.headers, body: Self.body)
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] == "1")
        }
        let budget = BodyBudget(limit: 10)
        let (one, other) = (BodyShare(of: budget), BodyShare(of: budget))
        try one.take(4)
        try one.take(4)
        #expect(throws: Problem.self) { try other.take(3) }
        try other.take(2)
        one.giveBack()
        try other.take(8)
    }

    @Test func origins() async throws {
        try await with(EdgeConfiguration(allowedOrigins: ["https://app.example.test"], cors: true)) { client in
            var headers = Self.headers
            headers[.origin] = "https://evil.test"
            let evil = try await client.execute(uri: "/mcp", method: .post, headers: headers, body: Self.body)
            #expect(evil.status == .forbidden)
            #expect(evil.headers[.accessControlAllowOrigin] == nil)
            headers[.origin] = "https://app.example.test"
            let good = try await client.execute(uri: "/mcp", method: .post, headers: headers, body: Self.body)
            #expect(good.status == .ok)
            #expect(good.headers[.accessControlAllowOrigin] == "https://app.example.test")
            #expect(good.headers[.vary] == "Origin")
            let preflight: HTTPFields = [
                .origin: "https://app.example.test", .accessControlRequestMethod: "POST",
                .accessControlRequestHeaders: "authorization, mcp-param-channel",
            ]
            let allowed = try await client.execute(uri: "/mcp", method: .options, headers: preflight)
            #expect(allowed.status == .noContent)
            #expect(allowed.headers[.accessControlAllowHeaders] == "authorization, mcp-param-channel")
        }
        try await with { client in
            let headers: HTTPFields = [.origin: "http://localhost:3000"]
            let response = try await client.execute(uri: "/health", method: .get, headers: headers)
            #expect(response.status == .ok)
            #expect(response.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test(arguments: [("/nowhere", 404), ("/problem", 409), ("/broken", 500)])
    func problems(_ path: String, _ status: Int) async throws {
        try await with { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status.code == status)
            #expect(response.headers[.contentType] == "application/problem+json")
            let text = String(buffer: response.body)
            let problem = try JSONReader.read(Array(text.utf8))
            #expect(problem["status"]?.integer == Int64(status))
            #expect(problem["instance"]?.string == "urn:request:" + (response.headers[.requestID] ?? ""))
            #expect(!text.contains("secret"))
        }
    }
}
