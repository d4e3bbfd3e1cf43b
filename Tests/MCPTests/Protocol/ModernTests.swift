import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct ModernTests {
    private let client = TestServer()
    private static let serverInfo =
        #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test-server","title":"Test","version":"1.2.3"}}"#

    @Test func discover() async {
        let response = await client.modern("server/discover")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        #expect(response.headers[.mcpSessionID] == nil)
        #expect(
            response.text
                == #"{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{},"resources":{},"logging":{}},"instructions":"Read before you write.","resultType":"complete","ttlMs":3600000,"cacheScope":"public",\#(Self.serverInfo)}}"#
        )
    }

    @Test func listsTools() async throws {
        let result = try #require(await client.modern("tools/list").json?["result"])
        #expect(result["resultType"] == .string("complete"))
        #expect(result["cacheScope"] == .string("private"))
        #expect(result["ttlMs"]?.integer == 60000)
        let tools = try #require(result["tools"]?.array)
        #expect(tools.compactMap { $0["name"]?.string } == FakeTools.definitions.map(\.name))
        #expect(tools[0]["outputSchema"]?["x-kept"]?.number?.text == "1.50")
    }

    @Test func callsATool() async {
        let trace = #""traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01""#
        let meta = TestServer.meta.replacing(#""_meta":{"#, with: #""_meta":{"progressToken":7,\#(trace),"#)
        let body =
            #"{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"empty","arguments":{"n" : 1.0},\#(meta)}}"#
        let response = await client.send(body, headers: TestServer.modernHeaders("tools/call", name: "empty"))
        #expect(
            response.text
                == #"{"jsonrpc":"2.0","id":"x","result":{"content":[{"type":"text","text":"done"}],"structuredContent":{"raw":"{\"n\" : 1.0}","caller":"ada","trace":"8448eb211c80319c","token":7},"isError":false,"resultType":"complete",\#(Self.serverInfo)}}"#
        )
        #expect(response.headers[HTTPField.Name("RateLimit")!] == "\"tools\";r=9")
    }

    @Test func resources() async throws {
        let list = try #require(await client.modern("resources/list").json?["result"])
        #expect(list["resources"]?.array?.first?["uri"] == .string("demo://one"))
        #expect(list["cacheScope"] == .string("private"))
        let templates = try #require(await client.modern("resources/templates/list").json?["result"])
        #expect(templates["resourceTemplates"]?.array?.first?["uriTemplate"] == .string("demo://{id}"))
        let reading = await client.modern("resources/read", #""uri":"demo://one""#, name: "demo://one")
        #expect(
            reading.text
                == #"{"jsonrpc":"2.0","id":1,"result":{"contents":[{"uri":"demo://one","mimeType":"application/json","text":"{\"id\":\"1\"}"}],"resultType":"complete","ttlMs":0,"cacheScope":"private",\#(Self.serverInfo)}}"#
        )
        let missing = await client.modern("resources/read", #""uri":"demo://two""#, name: "demo://two")
        #expect(missing.status == .badRequest)
        #expect(missing.errorCode == -32602)
        #expect(missing.json?["error"]?["data"]?["uri"] == .string("demo://two"))
    }

    @Test func wrongArgumentsAreAToolsResult() async throws {
        let response = await client.modern(
            "tools/call",
            #""name":"send","arguments":{"content":"much too long"}"#,
            name: "send"
        )
        #expect(response.status == .ok)
        let result = try #require(response.json?["result"])
        #expect(result["isError"] == .bool(true))
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        #expect(text.contains("channel_id: is required"))
        #expect(text.contains("content: must have at most 10 characters, has 13"))
    }

    @Test func notificationsAreAcceptedWithoutAnswer() async {
        let response = await client.send(
            #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
            headers: TestServer.modernHeaders("notifications/cancelled")
        )
        #expect(response.status == .accepted)
        #expect(response.body.isEmpty)
    }

    @Test func answersAtHTTPLevel() async {
        let forbidden = await client.modern("tools/call", #""name":"forbidden""#, name: "forbidden")
        #expect(forbidden.status == .forbidden)
        #expect(forbidden.headers[.wwwAuthenticate]?.contains("insufficient_scope") == true)
        // Clients hand only the protocol's own errors to the model.
        #expect(forbidden.headers[.contentType] == "application/json")
        let error = try? JSONReader.read(forbidden.body)["error"]
        #expect(error?["code"]?.integer == 403)
        #expect(error?["message"]?.string?.isEmpty == false)
        let limited = await client.modern("tools/call", #""name":"limited""#, name: "limited")
        #expect(limited.status == .tooManyRequests)
        #expect(limited.headers[.retryAfter] == "7")
    }

    @Test func admitsOnceWithTheToolsName() async {
        let seen = NIOLockedValueBox<[AdmissionRequest]>([])
        let client = TestServer(
            authenticator: FakeAuthenticator(admitted: { request in seen.withLockedValue { $0.append(request) } }))
        _ = await client.modern("tools/call", #""name":"empty""#, name: "empty")
        #expect(seen.withLockedValue { $0.map(\.tool) } == ["empty"])
        #expect(seen.withLockedValue { $0.map(\.method) } == ["tools/call"])
    }

    @Test func everyIDComesBackAsItWas() async {
        for id in ["0", "-5", "123456789012345678901234567890", "\"\"", "\"a\\\"b\"", "\"é😀\""] {
            let response = await client.modern("server/discover", id: id)
            #expect(response.text.hasPrefix(#"{"jsonrpc":"2.0","id":\#(id),"result""#))
        }
    }
}
