import AsyncHTTPClient
import Contracts
import NIOCore
import NIOHTTP1
import Testing

@testable import DiscordSandbox

@Suite(.timeLimit(.minutes(1))) struct RESTFaultTests {
    private static let messages = "POST /channels/{channel_id}/messages"

    private static func plan(_ call: SandboxCaller, _ rule: JSONValue) async {
        #expect(await call(.POST, "/sandbox/faults", ["rest": [rule]]).status == 204)
    }

    private static func said(_ call: SandboxCaller) async -> Int {
        await call(.GET, "/sandbox/effects").json["by_kind"]?["message.create"]?.int ?? 0
    }

    private static func say(_ call: SandboxCaller) async -> HTTPAnswer {
        await call.asBot(.POST, "/channels/\(call.seeded.channel("general"))/messages", ["content": "hi"])
    }

    @Test func aPageOfCloudflareMeansThatNothingHappened() async {
        let call = SandboxCaller()
        await Self.plan(call, ["match": .string(Self.messages), "do": "html", "status": 520])
        let answer = await Self.say(call)
        #expect(answer.status == 520 && answer.header("Via") == nil)
        #expect(answer.header("Content-Type")?.hasPrefix("text/html") == true && answer.json == .null)
        #expect(await Self.said(call) == 0)
        #expect(await Self.say(call).status == 200)
    }

    @Test func aWrongTypeMeansThatItHappened() async {
        let call = SandboxCaller()
        await Self.plan(call, ["match": .string(Self.messages), "do": "wrong_type"])
        let answer = await Self.say(call)
        #expect(answer.status == 200 && answer.json["content"] == "hi")
        #expect(answer.headers["Content-Type"] == ["text/html; charset=UTF-8"])
        #expect(await Self.said(call) == 1)
    }

    @Test func aSkewedClockShowsInItsHeadersOnly() async throws {
        let call = SandboxCaller()
        let right = await call.asBot(.GET, "/users/@me")
        #expect(await call(.POST, "/sandbox/faults", ["clock_skew": 3600]).status == 204)
        let wrong = await call.asBot(.GET, "/users/@me")
        #expect(right.header("Date") == noon.httpDate)
        #expect(wrong.header("Date") == (noon + 3600).httpDate)
        let (before, after) = (
            try #require(right.header("X-RateLimit-Reset").flatMap(Double.init)),
            try #require(wrong.header("X-RateLimit-Reset").flatMap(Double.init))
        )
        #expect((3599...3601).contains(after - before))
        #expect(right.header("X-RateLimit-Reset-After") == wrong.header("X-RateLimit-Reset-After"))
        _ = await call(.DELETE, "/sandbox/faults")
        #expect(await call.asBot(.GET, "/users/@me").header("Date") == noon.httpDate)
    }

    @Test func anUnknownFaultIsRefused() async {
        let call = SandboxCaller()
        let answer = await call(.POST, "/sandbox/faults", ["rest": [["match": "* *", "do": "explode"]]])
        #expect(answer.status == 400 && answer.json["code"]?.int == 50035)
        #expect(await call(.POST, "/sandbox/faults", ["gateway": [["do": "explode"]]]).status == 400)
    }

    @Test("Half an answer breaks the connection, and it happened") func truncated() async throws {
        try await withSandbox { sandbox in
            func ask(_ method: String, _ url: String, _ body: JSONValue? = nil) async throws -> JSONValue {
                var request = HTTPClientRequest(url: url)
                request.method = .init(rawValue: method)
                request.headers = [
                    "User-Agent": "test", "Authorization": "Bot \(sandbox.token)", "Content-Type": "application/json",
                ]
                if let body { request.body = .bytes(ByteBuffer(bytes: body.utf8)) }
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
                let bytes = try await response.body.collect(upTo: 1 << 22)
                return bytes.readableBytes == 0 ? .null : try JSONParser.parse(Array(bytes.readableBytesView))
            }
            let control = sandbox.restURL.replacing("/api/v10", with: "/sandbox")
            let path = "\(sandbox.restURL)/channels/\(sandbox.channelIDs["general"]!)/messages"
            _ = try await ask(
                "POST", "\(control)/faults", ["rest": [["match": .string(Self.messages), "do": "truncate"]]])
            await #expect(throws: HTTPParserError.self) { try await ask("POST", path, ["content": "half"]) }
            #expect(try await ask("GET", "\(control)/effects")["by_kind"]?["message.create"]?.int == 1)
        }
    }
}
