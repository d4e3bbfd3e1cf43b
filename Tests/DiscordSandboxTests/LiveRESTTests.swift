import AsyncHTTPClient
import Contracts
import NIOCore
import NIOHTTP1
import Testing

@testable import DiscordSandbox

/// Asks a sandbox as a bot does.
private struct Caller: Sendable {
    let base: String
    let token: String?

    init(_ sandbox: SandboxDescription, token: String? = nil) {
        base = sandbox.restURL
        self.token = token ?? sandbox.token
    }

    struct Answer {
        let status: Int
        let headers: HTTPHeaders
        let body: JSONValue
    }

    func callAsFunction(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(
            url: path.hasPrefix("/sandbox") ? base.replacing("/api/v10", with: path) : base + path)
        request.method = method
        request.headers.add(name: "User-Agent", value: "DiscordBot (https://example.invalid, 1)")
        if let token { request.headers.add(name: "Authorization", value: "Bot \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.utf8))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = try await Array(response.body.collect(upTo: 1 << 22).readableBytesView)
        return Answer(
            status: Int(response.status.code), headers: response.headers,
            body: bytes.isEmpty ? .null : try JSONParser.parse(bytes))
    }
}

@Suite(.timeLimit(.minutes(1))) struct LiveRESTTests {
    @Test func answersCarryWhatClientsLookFor() async throws {
        try await withSandbox { sandbox in
            let call = Caller(sandbox)
            let me = try await call(.GET, "/users/@me")
            #expect(me.status == 200 && me.body["bot"]?.bool == true)
            #expect(me.headers["Content-Type"] == ["application/json"] && me.headers["Via"] == ["1.1 google"])
            for name in ["Limit", "Remaining", "Reset", "Reset-After", "Bucket"] {
                #expect(me.headers.contains(name: "X-RateLimit-\(name)"))
            }
            #expect(try await call(.GET, "/nonsense").status == 404)
            #expect(try await call(.DELETE, "/gateway/bot").status == 405)
            #expect(try await Caller(sandbox, token: "x.y.z")(.GET, "/users/@me").status == 401)
            let hidden = try await call(.GET, "/channels/\(sandbox.channelIDs["staff-lounge"]!)/messages")
            #expect(hidden.status == 403 && hidden.body["code"]?.int == 50001)
        }
    }

    @Test func aBucketIsStrictForItsChannelOnly() async throws {
        try await withSandbox { sandbox in
            let call = Caller(sandbox)
            let general = "/channels/\(sandbox.channelIDs["general"]!)/messages"
            var statuses: [Int] = []
            for index in 0..<6 {
                statuses.append(try await call(.POST, general, ["content": .string("\(index)")]).status)
            }
            #expect(statuses == [200, 200, 200, 200, 200, 429])
            let refused = try await call(.POST, general, ["content": "more"])
            #expect(refused.headers["X-RateLimit-Scope"] == ["user"])
            #expect(refused.body["global"]?.bool == false)
            #expect(try #require(refused.body["retry_after"]?.double) <= 5)
            let help = "/channels/\(sandbox.channelIDs["help"]!)/messages"
            #expect(try await call(.POST, help, ["content": "other"]).status == 200)
            #expect(try await call(.GET, "/sandbox/effects").body["by_kind"]?["message.create"]?.int == 6)
        }
    }

    @Test func anEffectWithoutAnAnswerIsNotRepeatedByItsNonce() async throws {
        try await withSandbox { sandbox in
            let call = Caller(sandbox)
            let path = "/channels/\(sandbox.channelIDs["general"]!)/messages"
            let message: JSONValue = ["content": "exactly once", "nonce": "k-1", "enforce_nonce": true]
            let plan: JSONValue = ["rest": [["match": "POST /channels/{channel_id}/messages", "do": "cut_after"]]]
            #expect(try await call(.POST, "/sandbox/faults", plan).status == 204)
            await #expect(throws: (any Error).self) { try await call(.POST, path, message) }
            #expect(try await call(.POST, path, message).status == 200)
            let effects = try await call(.GET, "/sandbox/effects").body
            #expect(effects["by_nonce"]?["k-1"]?.int == 1)
        }
    }

    @Test func plannedLimitsCarryTheirScope() async throws {
        try await withSandbox { sandbox in
            let call = Caller(sandbox)
            for scope in ["user", "shared", "global"] {
                let rule: JSONValue = [
                    "match": "GET /users/@me", "do": "429", "scope": .string(scope), "retry_after": .double(0.25),
                ]
                _ = try await call(
                    .POST, "/sandbox/faults",
                    ["rest": [rule, ["match": "GET /users/@me", "do": "status", "status": 502]]])
                let limited = try await call(.GET, "/users/@me")
                #expect(limited.status == 429 && limited.headers["X-RateLimit-Scope"] == [scope])
                #expect(limited.body["retry_after"]?.double == 0.25)
                #expect(limited.body["global"]?.bool == (scope == "global"))
                #expect(limited.headers.contains(name: "X-RateLimit-Global") == (scope == "global"))
                #expect(try await call(.GET, "/users/@me").status == 502)
                #expect(try await call(.GET, "/users/@me").status == 200)
            }
        }
    }

    @Test func aReasonReachesTheAuditLogDecoded() async throws {
        try await withSandbox { sandbox in
            let call = Caller(sandbox)
            let path = "/guilds/\(sandbox.guildID)/bans/\(sandbox.userIDs["quinn"]!)"
            let headers = ["X-Audit-Log-Reason": "zu%20laut%20%C3%A9"]
            #expect(try await call(.PUT, path, ["delete_message_seconds": 0], headers: headers).status == 204)
            #expect(try await call(.GET, path).body["reason"]?.string == "zu laut é")
            let log = try await call(.GET, "/guilds/\(sandbox.guildID)/audit-logs?limit=1").body["audit_log_entries"]
            #expect(log?.array?.first?["action_type"]?.int == 22)
            #expect(log?.array?.first?["reason"]?.string == "zu laut é")
        }
    }

    @Test func filesArriveAsAttachments() throws {
        let body = """
            --b\r\nContent-Disposition: form-data; name="payload_json"\r\nContent-Type: application/json\r\n\r\n{"content":"f"}\r
            --b\r\nContent-Disposition: form-data; name="files[0]"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n
            """
        let multipart = try #require(MultipartBody(Array(body.utf8), contentType: "multipart/form-data; boundary=b"))
        #expect(multipart.payload == Array(#"{"content":"f"}"#.utf8))
        #expect(multipart.files == [.init(index: 0, filename: "a.txt", contentType: nil, bytes: Array("hello".utf8))])
        #expect(MultipartBody(Array("--b\r\nx".utf8), contentType: "multipart/form-data; boundary=b") == nil)
    }
}
