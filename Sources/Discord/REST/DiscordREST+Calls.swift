// Every call: `deadline` nil takes the configuration's default; throws `DiscordError`.
extension DiscordREST {
    func get<Model: Decodable>(
        _ endpoint: Endpoint,
        query: [(name: String, value: String)] = [],
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) -> Model {
        var request = RESTRequest(endpoint)
        request.query = query
        return try read(try await send(request, deadline: deadline), of: request)
    }

    func change(
        _ endpoint: Endpoint,
        body: (some Encodable)?,
        reason: AuditLogReason?,
        deadline: ContinuousClock.Instant?
    ) async throws(DiscordError) {
        var request = RESTRequest(endpoint)
        request.reason = reason
        if let body { request.body = try encode(body, for: endpoint) }
        _ = try await send(request, deadline: deadline)
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

    func encode(_ body: some Encodable, for endpoint: Endpoint) throws(DiscordError) -> [UInt8] {
        do {
            return try DiscordJSON.encode(body)
        } catch {
            throw DiscordError(
                kind: .refused, route: endpoint.route.name, message: "the body cannot be written as JSON")
        }
    }

    /// The bot's own user.
    public func currentUser(deadline: ContinuousClock.Instant? = nil) async throws(DiscordError) -> User {
        try await get(Route.getCurrentUser.at(), deadline: deadline)
    }

    /// Where to connect the gateway, and how many sessions may still be started.
    public func gatewayBot(deadline: ContinuousClock.Instant? = nil) async throws(DiscordError) -> GatewayBot {
        try await get(Route.getGatewayBot.at(), deadline: deadline)
    }
}
