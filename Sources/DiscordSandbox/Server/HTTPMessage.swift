import NIOHTTP1

/// A request as the sandbox sees it: whole, and free of connections.
struct HTTPRequest: Sendable {
    let method: String
    let path: String
    let query: [APICall.QueryItem]
    let headers: HTTPHeaders
    let body: [UInt8]
    /// The address of the other end.
    let client: String

    init(head: HTTPRequestHead, body: [UInt8], client: String) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        method = head.method.rawValue
        path = String(parts.first ?? "/")
        query = parts.count > 1 ? Self.items(parts[1]) : []
        headers = head.headers
        self.body = body
        self.client = client
    }

    static func items(_ text: Substring) -> [APICall.QueryItem] {
        text.split(separator: "&").map { pair in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? String(sides[1]).replacing("+", with: " ") : ""
            return APICall.QueryItem(name: PercentCoding.decode(String(sides[0])), value: PercentCoding.decode(value))
        }
    }

    /// Percent-decoded parts of the path after that prefix; nil when it stands elsewhere.
    func segments(after prefix: String) -> [String]? {
        guard path.hasPrefix(prefix + "/") || path == prefix else { return nil }
        return path.dropFirst(prefix.count).split(separator: "/").map { PercentCoding.decode(String($0)) }
    }

    var comesFromHere: Bool { client == "::1" || client.hasPrefix("127.") || client.hasPrefix("::ffff:127.") }
}

struct HTTPAnswer: Sendable {
    var status: Int
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    /// The connection breaks instead of answering.
    var isLost = false
    /// The connection breaks in the middle of the body.
    var isTruncated = false

    static let lost = HTTPAnswer(status: 500, isLost: true)

    static func json(_ status: Int, _ body: JSONValue?) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status)
        // Real answers carry both; clients compare the first literally and take a 429 without the second for a
        // Cloudflare ban.
        if let body {
            answer.headers.add(name: "Content-Type", value: "application/json")
            answer.body = body.utf8
        }
        answer.headers.add(name: "Via", value: "1.1 google")
        return answer
    }

    static func file(_ status: Int, _ type: String, _ bytes: [UInt8]) -> HTTPAnswer {
        var answer = HTTPAnswer(status: status, body: bytes)
        answer.headers.add(name: "Content-Type", value: type)
        answer.headers.add(name: "Via", value: "1.1 google")
        return answer
    }

    static func failure(_ error: APIError) -> HTTPAnswer { json(error.status, error.json) }
}

enum PercentCoding {
    /// Everything but unreserved characters.
    static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII, scalar.properties.isAlphabetic || (48...57).contains(byte) || "-._~".utf8.contains(byte)
            {
                return String(scalar)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// A `%` without two hex digits stays as it is.
    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                result.append(value)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
