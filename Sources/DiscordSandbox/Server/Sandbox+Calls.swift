import Contracts
import Foundation
import NIOHTTP1

/// From the bytes of a request to the call of a handler.
extension Sandbox {
    func call(_ request: HTTPRequest, _ parameters: [String: String]) throws(APIError) -> APICall {
        let parts = try Self.parts(of: request)
        let reason = request.headers.first(name: "X-Audit-Log-Reason").map(PercentCoding.decode)
        // Source: <https://discord.com/developers/docs/resources/audit-log> (1 to 512 characters)
        if let reason, reason.unicodeScalars.count > 512 { throw .badLength("reason", 0...512) }
        let budget = hub.identifyBudget(now: world.now)
        var call = APICall(
            path: parameters, query: request.query, body: parts.body, files: parts.files,
            reason: reason?.isEmpty == true ? nil : reason,
            site: .init(
                gatewayURL: gatewayURL, identifiesPerDay: options.identifiesPerDay, identifiesLeft: budget.left,
                identifiesResetAfter: budget.resetAfter, maxConcurrency: options.maxConcurrency,
                shards: options.shards),
            randomToken: randomLetters(68), now: world.now)
        call.form = parts.form
        call.basic = Self.basic(request)
        return call
    }

    private struct Parts {
        var body: JSONValue?
        var files: [MultipartBody.File] = []
        var form: [String: String] = [:]
    }

    private static func parts(of request: HTTPRequest) throws(APIError) -> Parts {
        guard !request.body.isEmpty, request.method != "GET" else { return Parts() }
        let type = request.headers.first(name: "Content-Type") ?? ""
        if type.hasPrefix("multipart/form-data") {
            guard let multipart = MultipartBody(request.body, contentType: type) else { throw .malformedJSON }
            var body = try multipart.payload.map { payload throws(APIError) in try json(payload) }
            if body == nil, !multipart.fields.isEmpty {
                body = .object(
                    multipart.fields.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .string($1.value) })
            }
            return Parts(body: body, files: multipart.files)
        }
        if type.hasPrefix("application/x-www-form-urlencoded") {
            let items = HTTPRequest.items(Substring(String(decoding: request.body, as: UTF8.self)))
            let form = Dictionary(items.map { ($0.name, $0.value) }) { $1 }
            return Parts(
                body: .object(items.reduce(into: [:]) { $0[$1.name] = .string($1.value) }), form: form)
        }
        guard type.hasPrefix("application/json") else {
            throw .form(
                "", "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}."
            )
        }
        return Parts(body: try json(request.body))
    }

    private static func json(_ bytes: [UInt8]) throws(APIError) -> JSONValue {
        guard let value = try? JSONParser.parse(bytes) else { throw .malformedJSON }
        return value
    }

    private static func basic(_ request: HTTPRequest) -> (name: String, password: String)? {
        guard let header = request.headers.first(name: "Authorization"), header.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }

    /// An uploaded file, with the address that a message carried; an expired one is refused as Discord's are.
    func file(_ path: [String], _ request: HTTPRequest) -> HTTPAnswer {
        let name = path.joined(separator: "/")
        let expires = request.query.last { $0.name == "ex" }?.value ?? ""
        let signature = request.query.last { $0.name == "hm" }?.value
        guard signature == World.signature(name, expires), let until = Int64(expires, radix: 16),
            until * 1000 > world.now.milliseconds, let file = world.files[name]
        else {
            return .file(404, "text/plain;charset=UTF-8", Array("This content is no longer available.".utf8))
        }
        return .file(200, file.contentType, file.bytes)
    }
}
