import Testing

@testable import MCP

/// Answers that are sent before the body is read must reach a client that reads only after it has sent everything.
@Suite(.timeLimit(.minutes(1))) struct EarlyAnswerTests {
    private static let overLimit = (4 << 20) + 1

    private static func request(
        _ length: Int,
        isChunked: Bool = false,
        replacing field: String = "",
        with replacement: String = ""
    ) -> ArraySlice<UInt8> {
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(length)"
        let head = ListenedServer.request("")
            .replacing("Content-Length: 0", with: framing)
            .replacing("\r\n\(field)", with: "\r\n\(replacement)", maxReplacements: field.isEmpty ? 0 : 1)
        let body = Array(repeating: UInt8(ascii: " "), count: length)
        guard isChunked else { return ArraySlice(head.utf8) + body }
        return ArraySlice("\(head)\(String(length, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
    }

    @Test(arguments: [overLimit, 8 << 20], [false, true])
    func anOversizedBodyIsAnswered(length: Int, isChunked: Bool) async throws {
        try await ListenedServer.with { _, port in
            let client = try BlockingConnection(port: port)
            try await client.send(Self.request(length, isChunked: isChunked))
            let response = try #require(try await client.response())
            #expect(response.hasPrefix("HTTP/1.1 413 "))
            #expect(response.contains("A body may have at most 4194304 bytes."))
            // The connection is as good as before.
            try await client.send(ArraySlice(ListenedServer.request().utf8))
            #expect(try await client.response()?.hasPrefix("HTTP/1.1 200 ") == true)
        }
    }

    @Test(arguments: [false, true])
    func aClientThatAsksToCloseIsAnswered(isChunked: Bool) async throws {
        try await ListenedServer.with { _, port in
            let client = try BlockingConnection(port: port)
            let request = Self.request(
                12 << 20,
                isChunked: isChunked,
                replacing: "Accept:",
                with: "Connection: close\r\nAccept:"
            )
            try await client.send(request)
            #expect(try await client.response()?.hasPrefix("HTTP/1.1 413 ") == true)
            #expect(try await client.response() == nil)
        }
    }

    @Test(arguments: [
        ("Authorization:", "X-Other:", "401"),
        ("Host: localhost", "Host: evil.test", "421"),
        ("Accept:", "Origin: https://evil.test\r\nAccept:", "403"),
    ])
    func aRefusedHeadIsAnswered(field: String, replacement: String, status: String) async throws {
        try await ListenedServer.with { _, port in
            let client = try BlockingConnection(port: port)
            let request = Self.request(1 << 20, replacing: field, with: replacement)
            // All of the body comes after the answer.
            try await client.send(request.dropLast(1 << 20))
            try await client.answerArrives()
            try await client.send(request.suffix(1 << 20))
            #expect(try await client.response()?.hasPrefix("HTTP/1.1 \(status) ") == true)
            try await client.send(ArraySlice(ListenedServer.request().utf8))
            #expect(try await client.response()?.hasPrefix("HTTP/1.1 200 ") == true)
        }
    }

    @Test func aDrainingServerAnswersBeforeItCloses() async throws {
        let limits = ConnectionLimits(drainIdle: .seconds(30), drain: .seconds(30))
        try await ListenedServer.with(limits: limits) { listener, port in
            let client = try BlockingConnection(port: port)
            try await client.send(ArraySlice(ListenedServer.request().utf8))
            #expect(try await client.response()?.hasPrefix("HTTP/1.1 200 ") == true)
            listener.drain()
            try await client.send(Self.request(1 << 20, replacing: "Authorization:", with: "X-Other:"))
            let response = try #require(try await client.response())
            #expect(response.hasPrefix("HTTP/1.1 401 "))
            #expect(response.lowercased().contains("connection: close"))
            #expect(try await client.response() == nil)
        }
    }
}
