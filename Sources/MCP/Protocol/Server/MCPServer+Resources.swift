extension MCPServer {
    func listResources(_ request: RPCRequest, in exchange: Exchange) async throws(RequestFailure) -> RPCResult {
        try refuseCursor(request)
        let context = exchange.context(request, timeout: configuration.requestTimeout)
        let resources = try await resources.resources(for: context)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("resources")
            writer.array { writer in
                for resource in resources { resource.write(to: &writer) }
            }
        }
    }

    func listResourceTemplates(
        _ request: RPCRequest,
        in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        try refuseCursor(request)
        let context = exchange.context(request, timeout: configuration.requestTimeout)
        let templates = try await resources.templates(for: context)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("resourceTemplates")
            writer.array { writer in
                for template in templates { template.write(to: &writer) }
            }
        }
    }

    func readResource(_ request: RPCRequest, in exchange: Exchange) async throws(RequestFailure) -> RPCResult {
        guard let uri = request.params["uri"]?.string else {
            throw .rpc(.invalidParams("params.uri is required and must be a string"))
        }
        let context = exchange.context(request, timeout: configuration.requestTimeout)
        guard let reading = try await resources.read(uri, context: context) else {
            let code = exchange.era == .modern ? RPCError.Code.invalidParams : RPCError.Code.resourceNotFound
            throw .rpc(RPCError(code: code, message: "Resource not found", data: .object(["uri": .string(uri)])))
        }
        return RPCResult(cache: CacheHint(milliseconds: reading.cacheMilliseconds, .private)) { writer in
            writer.name("contents")
            writer.array { writer in
                writer.object { writer in
                    writer.member("uri", uri)
                    writer.member("mimeType", ifPresent: reading.mimeType)
                    writer.member("text", reading.text)
                }
            }
        }
    }
}

extension ResourceDefinition {
    /// One element of `resources/list`.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("uri", uri)
            writer.member("name", name)
            writer.member("title", ifPresent: title)
            writer.member("description", ifPresent: description)
            writer.member("mimeType", ifPresent: mimeType)
        }
    }
}

extension ResourceTemplateDefinition {
    /// One element of `resources/templates/list`.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("uriTemplate", uriTemplate)
            writer.member("name", name)
            writer.member("title", ifPresent: title)
            writer.member("description", ifPresent: description)
            writer.member("mimeType", ifPresent: mimeType)
        }
    }
}
