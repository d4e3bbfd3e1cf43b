// Every call: `deadline` nil takes the configuration's default; throws `DiscordError`.
extension DiscordREST {
    /// When a call must have ended.
    public typealias Deadline = ContinuousClock.Instant

    func get<Model: Decodable>(
        _ endpoint: Endpoint,
        query: [(name: String, value: String)] = [],
        deadline: Deadline?
    ) async throws(DiscordError) -> Model {
        try await make(endpoint, query: query, deadline: deadline)
    }

    /// A call whose answer is an object.
    func make<Model: Decodable>(
        _ endpoint: Endpoint,
        query: [(name: String, value: String)] = [],
        body: (any RequestBody)? = nil,
        files: [FileUpload] = [],
        reason: AuditLogReason? = nil,
        isRepeatable: Bool? = nil,
        deadline: Deadline?
    ) async throws(DiscordError) -> Model {
        var request = try request(endpoint, query: query, body: body, files: files, reason: reason)
        if let isRepeatable { request.isRepeatable = isRepeatable }
        return try read(try await send(request, deadline: deadline), of: request)
    }

    /// A call whose answer does not matter beyond its success.
    func change(
        _ endpoint: Endpoint,
        query: [(name: String, value: String)] = [],
        body: (any RequestBody)? = nil,
        files: [FileUpload] = [],
        reason: AuditLogReason? = nil,
        deadline: Deadline?
    ) async throws(DiscordError) {
        let request = try request(endpoint, query: query, body: body, files: files, reason: reason)
        _ = try await send(request, deadline: deadline)
    }

    private func request(
        _ endpoint: Endpoint,
        query: [(name: String, value: String)],
        body: (any RequestBody)?,
        files: [FileUpload],
        reason: AuditLogReason?
    ) throws(DiscordError) -> RESTRequest {
        try Self.check((body?.problems ?? []) + FileUpload.problems(of: files), endpoint)
        var request = RESTRequest(endpoint)
        request.query = query
        request.reason = reason
        if let body {
            request.permissions.formUnion(body.needs)
            let json = try encode(body, for: endpoint)
            if files.isEmpty {
                request.content = RequestContent(type: "application/json", bytes: json)
            } else {
                var random = SystemRandomNumberGenerator()
                var form = MultipartBody(using: &random)
                form.add("payload_json", json: json)
                for (index, file) in files.enumerated() { form.add("files[\(index)]", file: file) }
                request.content = form.content
            }
        }
        return request
    }

    /// Discord would refuse it: say so before anything is sent or counted.
    static func check(_ problems: [String], _ endpoint: Endpoint) throws(DiscordError) {
        guard !problems.isEmpty else { return }
        throw DiscordError(
            kind: .refused, route: endpoint.route.name, message: "the request breaks documented limits", code: 50035,
            formErrors: problems)
    }

    func read<Model: Decodable>(_ answer: RESTAnswer, of request: RESTRequest) throws(DiscordError) -> Model {
        do {
            return try DiscordJSON.decode(Model.self, from: answer.body)
        } catch {
            let route = request.endpoint.route
            throw DiscordError(
                kind: .unreadable, route: route.name, message: "the answer is not what the documentation says",
                status: answer.status, mayHaveHappened: route.method != .get)
        }
    }

    private func encode(_ body: any RequestBody, for endpoint: Endpoint) throws(DiscordError) -> [UInt8] {
        do {
            return try DiscordJSON.encode(request: body)
        } catch {
            throw DiscordError(
                kind: .refused, route: endpoint.route.name, message: "the body cannot be written as JSON")
        }
    }
}
