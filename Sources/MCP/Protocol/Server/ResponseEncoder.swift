import HTTPTypes

/// Writes responses in the shape of either era.
struct ResponseEncoder: Sendable {
    /// The finished JSON object of `serverInfo`.
    let serverInfo: [UInt8]
    /// What closes a modern result that is complete and has nothing of its own in `_meta`.
    private let modernMeta: [UInt8]

    init(_ configuration: MCPConfiguration) {
        var info = JSONWriter(capacity: 128)
        info.object { writer in
            writer.member("name", configuration.name)
            writer.member("title", ifPresent: configuration.title)
            writer.member("version", configuration.version)
            writer.member("websiteUrl", ifPresent: configuration.websiteURL)
        }
        serverInfo = info.bytes
        var meta = JSONWriter(capacity: 192)
        meta.object { $0.member(MetaKey.serverInfo, raw: info.bytes) }
        modernMeta = meta.bytes
    }

    func success(_ result: RPCResult, id: JSONValue, _ era: Era) -> MCPResponse {
        let json = message(id) { writer in
            writer.name("result")
            writer.object { write(result, era, to: &$0) }
        }
        return MCPResponse(.ok, headers: result.headers, json: json)
    }

    /// The members of `result`.
    func write(_ result: RPCResult, _ era: Era, to writer: inout JSONWriter) {
        result.members(&writer)
        guard era == .modern else { return }
        writer.member("resultType", result.kind.rawValue)
        if let cache = result.cache {
            writer.member("ttlMs", cache.milliseconds)
            writer.member("cacheScope", cache.scope.rawValue)
        }
        guard let subscription = result.subscription else { return writer.member("_meta", raw: modernMeta) }
        writer.name("_meta")
        writer.object { writer in
            writer.member(MetaKey.serverInfo, raw: serverInfo)
            writer.member(MetaKey.subscriptionID, subscription)
        }
    }

    func failure(_ error: RPCError, id: JSONValue, _ era: Era) -> MCPResponse {
        let json = message(id) { writer in
            writer.name("error")
            error.write(to: &writer)
        }
        return MCPResponse(era.status(of: error.code), json: json)
    }

    /// A refusal at HTTP level, told to a request: status and headers speak to clients and proxies, and the body is the
    /// protocol's error, because clients hand only that to the model. Its code is the status: one of our own, outside the
    /// range that JSON-RPC reserves.
    func refusal(_ problem: Problem, id: JSONValue, requestID: String) -> MCPResponse {
        let error = problem.rpcError(requestID: requestID)
        let json = message(id) { writer in
            writer.name("error")
            error.write(to: &writer)
        }
        return MCPResponse(problem.status, headers: problem.headers, json: json)
    }

    private func message(_ id: JSONValue, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("jsonrpc", "2.0")
            writer.member("id", id)
            members(&writer)
        }
        return writer.bytes
    }
}

extension Problem {
    func rpcError(requestID: String) -> RPCError {
        RPCError(
            code: status.code,
            message: [title, detail].compactMap(\.self).joined(separator: ": "),
            data: .object(["instance": .string("urn:request:" + requestID)]))
    }
}
