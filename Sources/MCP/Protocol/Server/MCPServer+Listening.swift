import HTTPTypes

/// `subscriptions/listen`: a stream of the changes that a modern client wants to hear of.
extension MCPServer {
    func listen(_ call: ModernRequest, in exchange: Exchange) async throws(RequestFailure) -> RPCResult {
        guard let stream = exchange.stream else { throw .rpc(.internalError) }
        let filter = try await honored(call, in: exchange)
        let changes = ChangeStream(
            caller: exchange.caller, bearer: exchange.arrival.bearer,
            owner: .modern(subscription: call.request.id), stream: stream)
        let number = try open(changes, wanting: [])
        // Nothing may come before the acknowledgement, and nothing be missed after it.
        stream.becomeLongLived()
        stream.send(
            CallNotifications.notification("notifications/subscriptions/acknowledged") { writer in
                writer.name("_meta")
                writer.object { $0.member(MetaKey.subscriptionID, call.request.id) }
                writer.name("notifications")
                filter.write(to: &writer)
            })
        hub.change(number, wanting: filter.changes)
        await changes.untilOver()
        hub.remove(number)
        return Self.result(of: call.request.id)
    }

    func open(_ stream: ChangeStream, wanting changes: Set<Change>) throws(RequestFailure) -> ChangeHub.Number {
        do throws(ChangeHub.Full) {
            return try hub.add(stream, wanting: changes)
        } catch {
            let limits = configuration.streams
            switch error {
            case .caller:
                throw .problem(
                    Problem(
                        .tooManyRequests,
                        detail: "A caller may have \(limits.perCaller) open streams. Close one first.",
                        headers: [.retryAfter: "5"]))
            case .server, .draining:
                throw .problem(
                    Problem(
                        .serviceUnavailable, detail: "The server takes no further stream now. Try again in a moment.",
                        headers: [.retryAfter: "5"]))
            }
        }
    }

    /// Ends a stream of changes with its result.
    func end(_ number: ChangeHub.Number, _ stream: ChangeStream) {
        hub.remove(number)
        // For a modern stream its request's handler ends it, with the result.
        if case .legacy = stream.owner { stream.stream.finish(nil) }
        stream.over()
    }

    /// What of the wishes is served: lists that never change without a restart are not announced, and of resources and
    /// tasks only those that the caller may know of.
    private func honored(
        _ call: ModernRequest, in exchange: Exchange
    ) async throws(RequestFailure) -> SubscriptionFilter {
        var filter: SubscriptionFilter
        do throws(RPCError) {
            filter = try SubscriptionFilter(call.request.params, limits: configuration.streams)
        } catch {
            throw .rpc(error)
        }
        let announces = configuration.announces
        filter.toolList = filter.toolList && announces.toolList
        filter.promptList = filter.promptList && announces.promptList
        filter.resourceList = filter.resourceList && announces.resourceList
        let context = context(call.request, nil, NoChannel(), exchange)
        var resources: [String] = []
        if announces.resources, let provider = providers.resources {
            for uri in filter.resources where try await provider.canSubscribe(to: uri, context: context) {
                resources.append(uri)
            }
        }
        filter.resources = resources
        filter.tasks = try await knownTasks(filter.tasks, call, in: exchange)
        return filter
    }

    private static func result(of request: JSONValue) -> RPCResult {
        RPCResult(subscription: request)
    }
}
