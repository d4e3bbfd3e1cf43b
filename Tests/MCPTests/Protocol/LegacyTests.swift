import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import MCP

@Suite(.timeLimit(.minutes(1))) struct LegacyTests {
    private let client = TestServer()

    private static func call(_ method: String, _ params: String = "{}", id: Int = 1) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
    }

    @Test(arguments: [
        ("2025-11-25", "2025-11-25"), ("2025-06-18", "2025-06-18"), ("2025-03-26", "2025-03-26"),
        ("2024-11-05", "2024-11-05"), ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25"), ("", "2025-11-25"),
    ])
    func initialize(_ requested: String, _ negotiated: String) async throws {
        let params = #"{"protocolVersion":"\#(requested)","capabilities":{},"clientInfo":{"name":"c","version":"9"}}"#
        let response = await client.send(Self.call("initialize", params), headers: TestServer.plainHeaders)
        #expect(response.status == .ok)
        #expect(
            response.text
                == #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"\#(negotiated)","capabilities":{"tools":{},"resources":{},"logging":{}},"serverInfo":{"name":"test-server","title":"Test","version":"1.2.3"},"instructions":"Read before you write."}}"#
        )
        let session = try #require(response.headers[.mcpSessionID])
        #expect(session.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test func initializeWantsAVersion() async {
        let response = await client.send(Self.call("initialize"), headers: TestServer.plainHeaders)
        #expect(response.status == .ok)
        #expect(response.errorCode == -32602)
    }

    @Test func aSessionsLife() async throws {
        let headers = try await client.session()
        let notification = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        #expect(await client.send(notification, headers: headers).status == .accepted)
        #expect(await client.send(Self.call("ping"), headers: headers).text == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
        #expect(await client.send(#"{"jsonrpc":"2.0","id":1,"result":{}}"#, headers: headers).status == .accepted)
        let ended = await client.send("", headers: headers, method: .delete)
        #expect(ended.status == .ok)
        let after = await client.send(Self.call("ping"), headers: headers)
        #expect(after.status == .notFound)
        #expect(after.json?["id"]?.integer == 1)
        #expect(await client.send("", headers: headers, method: .delete).status == .notFound)
        #expect(await client.send(notification, headers: headers).status == .notFound)
    }

    @Test func nothingOfTheModernEraIsSaid() async throws {
        let headers = try await client.session()
        for (method, params) in [
            ("tools/list", "{}"), ("tools/call", #"{"name":"empty"}"#), ("resources/list", "{}"),
            ("resources/templates/list", "{}"), ("resources/read", #"{"uri":"demo://one"}"#),
        ] {
            let response = await client.send(Self.call(method, params), headers: headers)
            let result = try #require(response.json?["result"])
            for member in ["resultType", "ttlMs", "cacheScope", "_meta"] { #expect(result[member] == nil) }
        }
    }

    @Test(arguments: [
        ("nothing/known", "{}", -32601 as Int64), ("server/discover", "{}", -32601),
        ("tools/call", #"{"name":"nope"}"#, -32602),
        ("resources/read", #"{"uri":"demo://two"}"#, -32002), ("tools/call", #"{"name":"broken"}"#, -32603),
        ("tools/list", #"{"cursor":"x"}"#, -32602),
    ])
    func errorsAreInsideTheReply(_ method: String, _ params: String, _ code: Int64) async throws {
        let response = await client.send(Self.call(method, params), headers: try await client.session())
        #expect(response.status == .ok)
        #expect(response.errorCode == code)
    }

    @Test func httpLevelAnswersAreTheSame() async throws {
        let headers = try await client.session()
        let forbidden = await client.send(Self.call("tools/call", #"{"name":"forbidden"}"#), headers: headers)
        #expect(forbidden.status == .forbidden)
        #expect(forbidden.headers[.wwwAuthenticate] != nil)
    }

    @Test func withoutSession() async {
        for method in ["ping", "tools/list"] {
            let response = await client.send(Self.call(method), headers: TestServer.plainHeaders)
            #expect(response.status == .badRequest)
            #expect(response.errorCode == -32600)
        }
        #expect(await client.send("", headers: TestServer.plainHeaders, method: .delete).status == .badRequest)
    }

    @Test func forgedAndForeignSessionsAreUnknown() async throws {
        let headers = try await client.session()
        let id = try #require(headers[.mcpSessionID])
        for forged in ["", "x", id + "0", "0" + id, String(id.reversed())] {
            var changed = headers
            changed[.mcpSessionID] = forged
            #expect(await client.send(Self.call("ping"), headers: changed).status == .notFound)
        }
        var foreign = headers
        foreign[.authorization] = "Bearer good-eve"
        #expect(await client.send(Self.call("ping"), headers: foreign).status == .notFound)
        #expect(await client.send("", headers: foreign, method: .delete).status == .notFound)
        #expect(await client.send(Self.call("ping"), headers: headers).status == .ok)
    }

    @Test func sessionsEnd() async throws {
        let time = NIOLockedValueBox<Int64>(1000)
        let client = TestServer(unixTime: { time.withLockedValue { $0 } })
        let headers = try await client.session()
        time.withLockedValue { $0 += 24 * 3600 - 1 }
        #expect(await client.send(Self.call("ping"), headers: headers).status == .ok)
        time.withLockedValue { $0 += 1 }
        #expect(await client.send(Self.call("ping"), headers: headers).status == .notFound)
    }

    @Test func unknownRevocationsAreNotGuessed() async throws {
        let headers = try await client.session()
        await client.revocations.goDown()
        #expect(await client.send(Self.call("ping"), headers: headers).status == .serviceUnavailable)
    }

    /// This server announces nothing and keeps no streams.
    @Test func aStreamThatWouldNeverSayAnythingIsNotOpened() async throws {
        let response = await client.send("", headers: try await client.session(), method: .get)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] != nil)
    }

    @Test func onlyPostInTheModernEra() async throws {
        let response = await client.send("", headers: TestServer.modernHeaders("x"), method: .get)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] != nil)
        let modern = await client.send("", headers: TestServer.modernHeaders("x"), method: .delete)
        #expect(modern.status == .methodNotAllowed)
    }

    @Test func batches() async throws {
        let headers = try await client.session("2025-03-26")
        let batch =
            "[\(Self.call("ping", id: 1)),{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},5,\(Self.call("tools/call", #"{"name":"expensive"}"#, id: 2)),\(Self.call("tools/call", #"{"name":"forbidden"}"#, id: 3)),\(Self.call("initialize", id: 4))]"
        let response = await client.send(batch, headers: headers)
        #expect(response.status == .ok)
        let answers = try #require(response.json?.array)
        #expect(answers.map { $0["id"]?.integer } == [1, nil, 2, 3, 4])
        #expect(answers.map { $0["error"]?["code"]?.integer } == [nil, -32600, 429, 403, -32601])
        let silent = await client.send(#"[{"jsonrpc":"2.0","method":"notifications/x"}]"#, headers: headers)
        #expect(silent.status == .accepted)
    }

    @Test(arguments: ["2025-11-25", "2025-06-18", "2024-11-05"])
    func batchesOfOtherRevisions(_ version: String) async throws {
        let response = await client.send("[\(Self.call("ping"))]", headers: try await client.session(version))
        #expect(response.status == .badRequest)
        #expect(response.errorCode == -32600)
    }

    @Test func batchesAreBoundedAndNotMixed() async throws {
        let headers = try await client.session("2025-03-26")
        let many = Array(repeating: Self.call("ping"), count: 33).joined(separator: ",")
        for body in ["[]", "[\(many)]", "[\(Self.call("ping")),\(TestServer.modernBody("tools/list"))]"] {
            #expect(await client.send(body, headers: headers).errorCode == -32600)
        }
    }
}
