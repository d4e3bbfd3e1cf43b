import Contracts
import NIOHTTP1

@testable import DiscordSandbox

/// Asks a sandbox everything but the connection: tokens, faults, limits, headers. Its clock stands still.
struct SandboxCaller {
    let sandbox: Sandbox
    let seeded: SeededWorld

    init(_ options: SandboxOptions = SandboxOptions()) {
        sandbox = Sandbox(options: options) { noon }
        seeded = SeededWorld(seed: options.seed, now: noon, growth: options.growth)
    }

    func callAsFunction(
        _ method: HTTPMethod, _ uri: String, _ body: JSONValue? = nil, token: String? = nil
    ) async -> HTTPAnswer {
        var headers: HTTPHeaders = ["User-Agent": "test"]
        if body != nil { headers.add(name: "Content-Type", value: "application/json") }
        if let token { headers.add(name: "Authorization", value: token) }
        return await send(method, uri, headers, body?.utf8 ?? [])
    }

    func asBot(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async -> HTTPAnswer {
        await self(method, "/api/v10\(path)", body, token: "Bot \(seeded.botToken)")
    }

    func submit(_ uri: String, _ form: [String: String]) async -> HTTPAnswer {
        let pairs = form.map { "\($0.key)=\(PercentCoding.encode($0.value))" }
        let headers: HTTPHeaders = ["User-Agent": "test", "Content-Type": "application/x-www-form-urlencoded"]
        return await send(.POST, uri, headers, Array(pairs.joined(separator: "&").utf8))
    }

    private func send(
        _ method: HTTPMethod, _ uri: String, _ headers: HTTPHeaders, _ body: [UInt8]
    ) async -> HTTPAnswer {
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: uri, headers: headers)
        return await sandbox.answer(HTTPRequest(head: head, body: body, client: "127.0.0.1"))
    }
}

extension HTTPAnswer {
    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }
    func header(_ name: String) -> String? { headers.first(name: name) }
}
