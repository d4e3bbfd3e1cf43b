import HTTPTypes
import Testing

@testable import MCP

/// One exchange that must fail: what is sent, and the HTTP status and code that come back.
struct FailingExchange: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    var headers = TestServer.modernHeaders("tools/list")
    let status: HTTPResponse.Status
    let code: Int64?
    var id: JSONValue = .number(JSONNumber(1))
}

@Suite(.timeLimit(.minutes(1))) struct ErrorTableTests {
    private static let list = TestServer.modernBody("tools/list")

    private static func replaced(_ old: String, _ new: String) -> String {
        list.replacing(old, with: new)
    }

    private static func removed(_ method: String) -> FailingExchange {
        FailingExchange(
            testDescription: "method \(method)",
            body: TestServer.modernBody(method),
            headers: TestServer.modernHeaders(method),
            status: .notFound,
            code: -32601
        )
    }

    private static func call(
        _ what: String,
        _ params: String,
        name: String? = nil,
        method: String = "tools/call",
        status: HTTPResponse.Status = .badRequest,
        code: Int64 = -32602
    ) -> FailingExchange {
        FailingExchange(
            testDescription: what,
            body: TestServer.modernBody(method, params),
            headers: TestServer.modernHeaders(method, name: name),
            status: status,
            code: code
        )
    }

    static let shapes: [FailingExchange] = [
        ("not JSON", "{", -32700), ("nothing", "", -32700),
        ("duplicate member", #"{"jsonrpc":"2.0","id":1,"id":2}"#, -32700),
        ("too deep", String(repeating: "[", count: 100) + String(repeating: "]", count: 100), -32700),
        ("null", "null", -32600), ("a number", "17", -32600), ("a string", "\"x\"", -32600), ("true", "true", -32600),
        ("a batch", "[\(list)]", -32600), ("an empty batch", "[]", -32600),
        ("a response", #"{"jsonrpc":"2.0","id":1,"result":{}}"#, -32600),
        ("an error", #"{"jsonrpc":"2.0","id":1,"error":{}}"#, -32600),
        ("null id", replaced(#""id":1"#, #""id":null"#), -32600),
        ("object id", replaced(#""id":1"#, #""id":{}"#), -32600),
        ("fractional id", replaced(#""id":1"#, #""id":1.5"#), -32600),
        ("huge id", replaced(#""id":1"#, #""id":1e999"#), -32600),
    ].map { FailingExchange(testDescription: $0.0, body: $0.1, status: .badRequest, code: $0.2, id: .null) }

    static let members: [FailingExchange] = [
        ("no jsonrpc", replaced(#""jsonrpc":"2.0","#, "")), ("wrong jsonrpc", replaced(#""2.0""#, #""1.0""#)),
        ("numeric jsonrpc", replaced(#""2.0""#, "2.0")), ("numeric method", replaced(#""tools/list""#, "5")),
        ("no method", replaced(#""method":"tools/list","#, "")),
        ("array params", #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[1]}"#),
        ("string params", #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":"x"}"#),
    ].map { FailingExchange(testDescription: $0.0, body: $0.1, status: .badRequest, code: -32600) }

    static let envelope: [FailingExchange] = [
        ("no params", #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#),
        ("no _meta", #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#),
        ("_meta a string", #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":""}}"#),
        ("no version", replaced(#""io.modelcontextprotocol/protocolVersion":"2026-07-28","#, "")),
        ("numeric version", replaced(#""2026-07-28""#, "2026")),
        ("no capabilities", replaced(#","io.modelcontextprotocol/clientCapabilities":{}"#, "")),
        ("capabilities a list", replaced(#"clientCapabilities":{}"#, #"clientCapabilities":[]"#)),
        ("client info a string", replaced(#"{"name":"c","version":"9"}"#, #""c""#)),
        ("bad log level", replaced(#""_meta":{"#, #""_meta":{"io.modelcontextprotocol/logLevel":"loud","#)),
        ("bad progress token", replaced(#""_meta":{"#, #""_meta":{"progressToken":{},"#)),
        ("bad cursor", TestServer.modernBody("tools/list", #""cursor":"abc""#)),
    ].map { FailingExchange(testDescription: $0.0, body: $0.1, status: .badRequest, code: -32602) }

    static let methods: [FailingExchange] = [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "tasks/list",
        "tasks/result", "nothing/known", "", "TOOLS/LIST",
    ].map(removed)

    static let calls: [FailingExchange] = [
        call("unknown tool", #""name":"nope""#, name: "nope"), call("no name", #""arguments":{}"#),
        call("numeric name", #""name":5"#), call("array arguments", #""name":"empty","arguments":[]"#, name: "empty"),
        call("null arguments", #""name":"empty","arguments":null"#, name: "empty"),
        call("internal", #""name":"broken""#, name: "broken", status: .ok, code: -32603),
        call("capability", #""name":"capable""#, name: "capable", code: -32021),
        call("no uri", "", method: "resources/read"),
        call("unknown resource", #""uri":"x:y""#, name: "x:y", method: "resources/read"),
    ]

    @Test(arguments: shapes + members + envelope + methods + calls)
    func fails(_ exchange: FailingExchange) async {
        let response = await TestServer().send(exchange.body, headers: exchange.headers)
        #expect(response.status == exchange.status)
        #expect(response.errorCode == exchange.code)
        #expect(response.json?["id"] == exchange.id)
        #expect(response.json?["result"] == nil)
    }

    @Test func unsupportedVersionTellsWhatIsSupported() async {
        for version in ["2027-01-01", "1999-01-01", "2025-11-25"] {
            var headers = TestServer.modernHeaders("tools/list")
            headers[.mcpProtocolVersion] = version
            let response = await TestServer().send(Self.replaced("2026-07-28", version), headers: headers)
            #expect(response.status == .badRequest)
            #expect(response.errorCode == -32022)
            #expect(
                response.json?["error"]?["data"]
                    == .object(["supported": .array([.string("2026-07-28")]), "requested": .string(version)])
            )
        }
    }

    @Test func capabilityErrorCarriesItsData() async {
        let response = await TestServer().modern("tools/call", #""name":"capable""#, name: "capable")
        #expect(response.json?["error"]?["data"]?["requiredCapabilities"]?["sampling"] == .object([:]))
    }

    @Test func invalidUTF8IsNotJSON() async {
        let body = Array(#"{"jsonrpc":"2.0","id":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let response = await TestServer().send(body, headers: TestServer.modernHeaders("tools/list"))
        #expect(response.errorCode == -32700)
    }
}
