import HTTPTypes
import Testing

@testable import MCP

/// Headers that are changed in an otherwise good call of `send`, and whether it still is good.
struct HeaderCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var name: String? = "send"
    var arguments = #"{"channel_id":"42"}"#
    var changes: [(String, String?)] = [("Mcp-Param-Channel", "42")]
    var isGood = false
}

@Suite(.timeLimit(.minutes(1))) struct HeaderRulesTests {
    private static let channel = ("Mcp-Param-Channel", "42" as String?)

    static let cases: [HeaderCase] = [
        HeaderCase(testDescription: "all there", isGood: true),
        HeaderCase(testDescription: "base64 name", name: "=?base64?c2VuZA==?=", isGood: true),
        HeaderCase(testDescription: "base64 name without padding", name: "=?base64?c2VuZA?="),
        HeaderCase(testDescription: "base64 of no alphabet", name: "=?base64?c2*uZA==?="),
        HeaderCase(testDescription: "base64 of no UTF-8", name: "=?base64?/w==?="),
        HeaderCase(testDescription: "only the first mark is literal", name: "=?base64?c2VuZA=="),
        HeaderCase(testDescription: "marks in capitals are literal", name: "=?BASE64?c2VuZA==?="),
        HeaderCase(testDescription: "marks that overlap", name: "=?base64?="),
        HeaderCase(testDescription: "no name", name: nil),
        HeaderCase(testDescription: "other name", name: "sent"),
        HeaderCase(testDescription: "name in capitals", name: "SEND"),
        HeaderCase(testDescription: "no version", changes: [channel, ("MCP-Protocol-Version", nil)]),
        HeaderCase(testDescription: "legacy version", changes: [channel, ("MCP-Protocol-Version", "2025-11-25")]),
        HeaderCase(testDescription: "other version", changes: [channel, ("MCP-Protocol-Version", "2027-01-01")]),
        HeaderCase(testDescription: "no method", changes: [channel, ("Mcp-Method", nil)]),
        HeaderCase(testDescription: "other method", changes: [channel, ("Mcp-Method", "tools/list")]),
        HeaderCase(testDescription: "method in capitals", changes: [channel, ("Mcp-Method", "TOOLS/CALL")]),
        HeaderCase(
            testDescription: "blanks around", changes: [channel, ("Mcp-Method", " tools/call\t")], isGood: true),
        HeaderCase(testDescription: "parameter absent", changes: []),
        HeaderCase(testDescription: "parameter differs", changes: [("Mcp-Param-Channel", "43")]),
        HeaderCase(
            testDescription: "parameter in base64", changes: [("mcp-param-CHANNEL", "=?base64?NDI=?=")], isGood: true),
        HeaderCase(testDescription: "strings are not numbers", changes: [("Mcp-Param-Channel", "42.0")]),
        HeaderCase(testDescription: "unknown parameter", changes: [channel, ("Mcp-Param-Other", "1")], isGood: true),
        HeaderCase(testDescription: "parameter without argument", changes: [channel, ("Mcp-Param-Count", "1")]),
        HeaderCase(
            testDescription: "null argument with header",
            arguments: #"{"channel_id":"42","count":null}"#,
            changes: [channel, ("Mcp-Param-Count", "1")]
        ),
        HeaderCase(
            testDescription: "numbers as numbers",
            arguments: #"{"channel_id":"42","count":42}"#,
            changes: [channel, ("Mcp-Param-Count", "42.0")],
            isGood: true
        ),
        HeaderCase(
            testDescription: "number that is none",
            arguments: #"{"channel_id":"42","count":42}"#,
            changes: [channel, ("Mcp-Param-Count", "x")]
        ),
        HeaderCase(
            testDescription: "boolean",
            arguments: #"{"channel_id":"42","silent":false}"#,
            changes: [channel, ("Mcp-Param-Silent", "false")],
            isGood: true
        ),
        HeaderCase(
            testDescription: "boolean differs",
            arguments: #"{"channel_id":"42","silent":false}"#,
            changes: [channel, ("Mcp-Param-Silent", "true")]
        ),
        HeaderCase(
            testDescription: "argument of a wrong kind",
            arguments: #"{"channel_id":{"a":1}}"#,
            changes: [("Mcp-Param-Channel", "a")]
        ),
    ]

    @Test(arguments: cases)
    func headers(_ example: HeaderCase) async throws {
        var headers = TestServer.modernHeaders("tools/call", name: example.name)
        for (name, value) in example.changes { headers[try #require(HTTPField.Name(name))] = value }
        let body = TestServer.modernBody("tools/call", #""name":"send","arguments":\#(example.arguments)"#)
        let response = await TestServer().send(body, headers: headers)
        if example.isGood {
            #expect(response.json?["result"]?["isError"] == .bool(false))
        } else {
            #expect(response.status == .badRequest)
            #expect(response.errorCode == -32020)
            #expect(response.json?["id"]?.integer == 1)
        }
    }

    @Test(arguments: ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Param-Channel"])
    func repeatedHeaders(_ name: String) async throws {
        var headers = TestServer.modernHeaders("tools/call", name: "send")
        headers[try #require(HTTPField.Name("Mcp-Param-Channel"))] = "42"
        let field = try #require(headers.first { $0.name == HTTPField.Name(name) })
        headers.append(field)
        let body = TestServer.modernBody("tools/call", #""name":"send","arguments":{"channel_id":"42"}"#)
        #expect(await TestServer().send(body, headers: headers).errorCode == -32020)
    }

    @Test func modernBodyWithoutAnyHeaderIsModern() async {
        let response = await TestServer().send(TestServer.modernBody("tools/list"), headers: TestServer.plainHeaders)
        #expect(response.errorCode == -32020)
    }

    @Test(arguments: [
        ("application/json, text/event-stream", true), ("*/*", true), ("text/*,application/*", true),
        ("text/event-stream;q=0.5 , application/json;q=1", true), ("application/json", false),
        ("text/event-stream", false), ("text/html", false), ("", false), (nil, false), ("*/*;q=0", false),
        ("application/json, text/event-stream;q=0", false), ("APPLICATION/JSON, Text/Event-Stream", true),
    ])
    func accept(_ value: String?, _ isGood: Bool) async {
        var headers = TestServer.modernHeaders("tools/list")
        headers[.accept] = value
        let response = await TestServer().send(TestServer.modernBody("tools/list"), headers: headers)
        #expect(response.status == (isGood ? .ok : .notAcceptable))
    }

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true), ("text/plain", false), (nil, false),
    ])
    func contentType(_ value: String?, _ isGood: Bool) async {
        var headers = TestServer.modernHeaders("tools/list")
        headers[.contentType] = value
        let response = await TestServer().send(TestServer.modernBody("tools/list"), headers: headers)
        #expect(response.status == (isGood ? .ok : .badRequest))
        #expect(response.errorCode == (isGood ? nil : -32600))
    }

    @Test(arguments: [
        nil, "", "Bearer", "Bearer ", "Basic good-ada", "good-ada", "Bearer good ada", "Bearer good-\u{e9}",
    ])
    func withoutCredentialTheBodyIsNotRead(_ authorization: String?) async {
        var headers = TestServer.modernHeaders("tools/list")
        headers[.authorization] = authorization
        let request = MCPRequest(method: .post, headers: headers, id: "r1")
        let reply = await TestServer().server.respond(to: request, sink: CollectingSink()) { () throws(Problem) in
            Issue.record("the body was read")
            return []
        }
        guard case .whole(let response) = reply else {
            Issue.record("a stream")
            return
        }
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate] == #"Bearer scope="read""#)
    }

    @Test(arguments: ["{", "[]", "17", TestServer.modernBody("tools/list")])
    func badCredentialIsToldBeforeAnythingElse(_ body: String) async {
        var headers = TestServer.modernHeaders("tools/list")
        headers[.authorization] = "bearer bad"
        let response = await TestServer().send(body, headers: headers)
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
    }
}
