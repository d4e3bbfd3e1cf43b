import MCP
import NIOCore
import Testing

/// Bytes that no client should send, and the answer that is specified for each.
struct MalformedRequest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// Nil: the connection closes without an answer.
    let status: Int?
    var code: Int64?

    init(_ description: String, _ bytes: [UInt8], _ status: Int?, _ code: Int64? = nil) {
        testDescription = description
        self.bytes = bytes
        self.status = status
        self.code = code
    }

    /// A body that is wrong, in a good request.
    static func body(_ description: String, _ body: String, _ status: Int = 400, _ code: Int64 = -32700) -> Self {
        .body(description, Array(body.utf8), status, code)
    }

    static func body(_ description: String, _ body: [UInt8], _ status: Int = 400, _ code: Int64 = -32700) -> Self {
        Self(description, head(["Content-Length: \(body.count)"]) + body, status, code)
    }

    /// A head that is wrong, with a good body.
    static func fields(
        _ description: String, _ changes: [String: String?], _ status: Int?, _ code: Int64? = nil
    ) -> Self {
        Self(
            description, head(["Content-Length: \(good.utf8.count)"], changes: changes) + Array(good.utf8), status, code
        )
    }

    static let good = Wire.body("server/discover")

    static func head(_ more: [String], changes: [String: String?] = [:], line: String = "POST /mcp HTTP/1.1") -> [UInt8]
    {
        var fields = [
            "Host": "localhost", "Accept": "application/json, text/event-stream", "Content-Type": "application/json",
            "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "server/discover",
        ]
        for (name, value) in changes { fields[name] = value }
        let lines = [line] + fields.map { "\($0.key): \($0.value)" }.sorted() + more
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}

@Suite(.timeLimit(.minutes(2))) struct MalformedRequestTests {
    typealias Case = MalformedRequest

    static let json: [Case] = [
        .body("an open brace", "{"), .body("nothing", ""), .body("white space", " \n"),
        .body("a comma at the end", #"{"a":1,}"#),
        .body("no quotes", "{a:1}"), .body("single quotes", "{'a':1}"), .body("a comment", "{} // x"),
        .body("NaN", "NaN"),
        .body("two values", "{}{}"), .body("a leading zero", #"{"id":01}"#), .body("a bare point", #"{"id":1.}"#),
        .body("plus", #"{"id":+1}"#), .body("hexadecimal", #"{"id":0x1}"#), .body("an open string", #"{"a":"b"#),
        .body("a tab in a string", "{\"a\":\"\t\"}"), .body("a bad escape", #"{"a":"\x"}"#),
        .body("half an escape", #"{"a":"\u12"}"#),
        .body("a high surrogate alone", #"{"a":"\ud800"}"#), .body("a low surrogate alone", #"{"a":"\udc00"}"#),
        .body("surrogates the wrong way round", #"{"a":"\udc00\ud800"}"#),
        .body("a member twice", #"{"jsonrpc":"2.0","id":1,"id":1}"#),
        .body("a member twice, spelled differently", #"{"id":1,"\u0069d":1}"#),
        .body("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
        .body("a continuation alone", Array("{\"a\":\"".utf8) + [0x80] + Array("\"}".utf8)),
        .body("an overlong slash", Array("{\"a\":\"".utf8) + [0xC0, 0xAF] + Array("\"}".utf8)),
        .body("a surrogate in UTF-8", Array("{\"a\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8)),
        .body("beyond Unicode", Array("{\"a\":\"".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("\"}".utf8)),
        .body("UTF-16", Array("{}".utf16).flatMap { [UInt8($0 & 0xFF), 0] }), .body("a zero byte", [0]),
        .body("deep arrays", String(repeating: "[", count: 100_000)),
        .body("deep objects", String(repeating: #"{"a":"#, count: 10_000)),
        .body("very many values", "[" + String(repeating: "1,", count: 200_000) + "1]"),
    ]

    static let shapes: [Case] = [
        .body("null", "null", 400, -32600), .body("a number", "5", 400, -32600),
        .body("a string", "\"x\"", 400, -32600),
        .body("an empty object", "{}", 400, -32600), .body("an empty batch", "[]", 400, -32600),
        .body("a batch", "[\(Case.good)]", 400, -32600),
        .body("a huge id", Case.good.replacing(#""id":1"#, with: #""id":1e999"#), 400, -32600),
        .body("a fractional id", Case.good.replacing(#""id":1"#, with: #""id":0.5"#), 400, -32600),
        .body("a list as id", Case.good.replacing(#""id":1"#, with: #""id":[1]"#), 400, -32600),
        .body("a number as method", Case.good.replacing(#""server/discover""#, with: "7"), 400, -32600),
        .body("a list as params", #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":[]}"#, 400, -32600),
        .body("another jsonrpc", Case.good.replacing("2.0", with: "3.0"), 400, -32600),
        .body(
            "_meta as a list", #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":[]}}"#, 400,
            -32602),
        .body("a response", #"{"jsonrpc":"2.0","id":1,"result":{}}"#, 400, -32600),
    ]

    static let heads: [Case] = [
        .fields("no content type", ["Content-Type": nil], 400, -32600),
        .fields("another content type", ["Content-Type": "text/plain"], 400, -32600),
        .fields("no accept", ["Accept": nil], 406), .fields("JSON alone", ["Accept": "application/json"], 406),
        .fields("another host", ["Host": "evil.test"], 421), .fields("an empty host", ["Host": ""], 421),
        .fields("another origin", ["Origin": "https://evil.test"], 403),
        .fields("origin null", ["Origin": "null"], 403),
        .fields("no version", ["MCP-Protocol-Version": nil], 400, -32020),
        .fields("no method", ["Mcp-Method": nil], 400, -32020),
        .fields("another method", ["Mcp-Method": "tools/list"], 400, -32020),
        .fields("a legacy version", ["MCP-Protocol-Version": "2025-11-25"], 400, -32020),
        .fields("an unknown encoding", ["Transfer-Encoding": "gzip"], 400),
        Case(
            "length and chunks",
            Case.head(["Content-Length: 5", "Transfer-Encoding: chunked"]) + Array("0\r\n\r\n".utf8), 400),
        Case("two lengths", Case.head(["Content-Length: 5", "Content-Length: 6"]) + Array("hello".utf8), 400),
        Case("a negative length", Case.head(["Content-Length: -5"]), 400),
        Case("a length that is none", Case.head(["Content-Length: five"]), 400),
        Case("a length beyond all", Case.head(["Content-Length: 99999999999999999999"]), 400),
        Case("a length over the limit", Case.head(["Content-Length: 99999999"]), 413),
        Case("a bad chunk", Case.head(["Transfer-Encoding: chunked"]) + Array("zz\r\nhello\r\n0\r\n\r\n".utf8), 400),
        Case(
            "a line folded",
            Case.head(["X-Folded: a\r\n b", "Content-Length: \(Case.good.utf8.count)"]) + Array(Case.good.utf8), 400),
        Case("a space before the colon", Case.head(["X-Space : a"]), 400),
        Case("no name", Case.head([": a"]), 400),
        Case("a zero byte in a value", Case.head(["X-Zero: a\0b"]), 400),
        Case("not HTTP", Array("this is not HTTP\r\n\r\n".utf8), 400),
        Case("TLS", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, 0x0D, 0x0A], 400),
        Case("another path", Case.head(["Content-Length: 0"], line: "POST /elsewhere HTTP/1.1"), 404),
        Case("a path that climbs", Case.head(["Content-Length: 0"], line: "POST /../mcp HTTP/1.1"), 404),
        Case("an unknown verb", Case.head(["Content-Length: 0"], line: "BREW /mcp HTTP/1.1"), 400),
        Case("PUT", Case.head(["Content-Length: 0"], line: "PUT /mcp HTTP/1.1"), 405),
        Case("GET", Case.head([], line: "GET /mcp HTTP/1.1"), 405),
        Case("a huge field", Case.head(["X-Huge: " + String(repeating: "x", count: 20_000)]), 400),
        Case("very many fields", Case.head((0..<200).map { "X-\($0): 1" }), 400),
    ]

    @Test(arguments: json + shapes + heads)
    func isAnswered(_ request: MalformedRequest) async throws {
        try await Wire.with { wire in
            try await RawConnection.with(port: try #require(wire.listener.port)) { stream in
                try await stream.send(request.bytes)
                let answer = try await stream.response()
                guard let status = request.status else {
                    #expect(answer == nil)
                    return
                }
                let text = try #require(answer)
                #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(text.prefix(200))")
                let body = text.firstRange(of: "\r\n\r\n").map { Array(text[$0.upperBound...].utf8) } ?? []
                if let code = request.code {
                    #expect(try JSONReader.read(body)["error"]?["code"]?.integer == code)
                }
                // Nothing of the inside is told.
                for word in ["Swift", "NIO", "Hummingbird", "/Sources/", "Error("] { #expect(!text.contains(word)) }
            }
            // The server still serves.
            #expect(try await wire.modern("server/discover").status == 200)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await Wire.with { wire in
            try await RawConnection.with(port: try #require(wire.listener.port)) { stream in
                var bytes: [UInt8] = []
                for id in 1...20 {
                    let body = Wire.body("server/discover", id: "\(id)")
                    bytes += Case.head(["Content-Length: \(body.utf8.count)"]) + Array(body.utf8)
                }
                try await stream.send(bytes)
                for id in 1...20 {
                    let answer = try #require(try await stream.response())
                    #expect(answer.contains(#""id":\#(id),"#))
                }
            }
        }
    }

    @Test func chunksMayBeAsSmallAsTheyLike() async throws {
        try await Wire.with { wire in
            try await RawConnection.with(port: try #require(wire.listener.port)) { stream in
                let chunks = Case.good.utf8.map { "1\r\n\(Unicode.Scalar($0))\r\n" }.joined() + "0\r\n\r\n"
                try await stream.send(Case.head(["Transfer-Encoding: chunked"]) + Array(chunks.utf8))
                #expect(try await stream.response()?.hasPrefix("HTTP/1.1 200 ") == true)
            }
        }
    }

    @Test func clientsThatLeaveEarlyCostNothing() async throws {
        let whole = Case.head(["Content-Length: \(Case.good.utf8.count)"]) + Array(Case.good.utf8)
        try await Wire.with(edge: EdgeConfiguration(maximumConcurrentRequests: 4)) { wire in
            let port = try #require(wire.listener.port)
            for cut in stride(from: 1, to: whole.count, by: 23) {
                try await RawConnection.with(port: port) { stream in try await stream.send(Array(whole[..<cut])) }
            }
            // No place among the requests is lost.
            for _ in 0..<8 { #expect(try await wire.modern("server/discover").status == 200) }
        }
    }
}
