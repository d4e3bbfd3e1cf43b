extension MCPServer {
    func listResources(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        let provider = try resourceProvider()
        let context = try call(request, origin, in: exchange).context
        let resources = try await provider.resources(for: context)
        let page = try page(of: resources, named: \.uri, in: "resources", request, exchange)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("resources")
            writer.array { writer in
                for resource in page.elements { resource.write(to: &writer) }
            }
            writer.member("nextCursor", ifPresent: page.nextCursor)
        }
    }

    func listResourceTemplates(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        let provider = try resourceProvider()
        let context = try call(request, origin, in: exchange).context
        let templates = try await provider.templates(for: context)
        let page = try page(of: templates, named: \.uriTemplate, in: "resourceTemplates", request, exchange)
        return RPCResult(cache: CacheHint(configuration.listCache, .private)) { writer in
            writer.name("resourceTemplates")
            writer.array { writer in
                for template in page.elements { template.write(to: &writer) }
            }
            writer.member("nextCursor", ifPresent: page.nextCursor)
        }
    }

    func readResource(
        _ request: RPCRequest, _ origin: Origin, in exchange: Exchange
    ) async throws(RequestFailure) -> RPCResult {
        guard let uri = request.params["uri"]?.string else {
            throw .rpc(.invalidParams("params.uri is required and must be a string"))
        }
        let context = try call(request, target: uri, origin, in: exchange).context
        guard let reading = try await resourceProvider().read(uri, context: context) else {
            throw .rpc(.resourceNotFound(uri, exchange.era))
        }
        return RPCResult(cache: CacheHint(milliseconds: reading.cacheMilliseconds, .private)) { writer in
            writer.name("contents")
            writer.array { writer in
                for contents in reading.contents { contents.write(to: &writer) }
            }
        }
    }

    func resourceProvider() throws(RequestFailure) -> any ResourceProvider {
        guard let provider = providers.resources else { throw .rpc(.methodNotFound) }
        return provider
    }
}

extension RPCError {
    static func resourceNotFound(_ uri: String, _ era: Era) -> RPCError {
        RPCError(
            code: era == .modern ? Code.invalidParams : Code.resourceNotFound,
            message: "Resource not found",
            data: .object(["uri": .string(uri)]))
    }
}
