import Contracts

/// `/sandbox/*`: what a test needs and Discord has not. Only for callers on this machine; docs/sandbox.md describes it.
extension Sandbox {
    func answerControl(_ request: HTTPRequest, _ segments: [String]) -> HTTPAnswer {
        guard request.comesFromHere else { return .failure(.notFound) }
        _ = advance()
        do throws(APIError) {
            let body: JSONObject
            if request.body.isEmpty {
                body = [:]
            } else {
                guard let object = (try? JSONParser.parse(request.body))?.object else { throw .malformedJSON }
                body = object
            }
            let reply = try control("\(request.method) \(segments.joined(separator: "/"))", body)
            flush()
            return .json(reply == nil ? 204 : 200, reply)
        } catch {
            return .failure(error)
        }
    }

    private func control(_ name: String, _ body: JSONObject) throws(APIError) -> JSONValue? {
        switch name {
        case "GET effects": return effects
        case "GET stats": return stats
        case "GET world": return description.json
        case "GET faults":
            return ["rules_left": .int(faults.rules.count { $0.times > 0 }), "fired": .int(faults.fired)]
        case "POST faults":
            try plan(body)
            return nil
        case "DELETE faults":
            faults.clear()
            return nil
        case "POST messages":
            let message = try world.say(
                body.requiredText("content", length: 1...2000), as: user(body), in: channel(body),
                replyingTo: body["reply_to"]?.snowflake)
            return .object(world.wire(message, to: nil))
        case "POST members":
            try world.join(user(body), seeded.guildID)
            return nil
        default: throw .notFound
        }
    }

    /// By `user_id`, or by `user`, a name of the ready file.
    private func user(_ body: JSONObject) throws(APIError) -> Snowflake {
        if let id = body["user_id"]?.snowflake { return id }
        guard let name = body["user"]?.string, seeded.userIDs.contains(where: { $0.name == name }) else {
            throw .required("user")
        }
        return seeded.user(name)
    }

    private func channel(_ body: JSONObject) throws(APIError) -> Snowflake {
        if let id = body["channel_id"]?.snowflake { return id }
        guard let name = body["channel"]?.string, seeded.channelIDs.contains(where: { $0.name == name }) else {
            throw .required("channel")
        }
        return seeded.channel(name)
    }

    private var effects: JSONValue {
        func counts(_ values: [String: Int]) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .int($1.value) })
        }
        return [
            "by_kind": counts(world.effects.byKind), "by_nonce": counts(world.effects.byNonce),
            "by_reason": counts(world.effects.byReason),
            "effects": .array(world.effects.recent.suffix(1000).map(\.json)),
        ]
    }

    private var stats: JSONValue {
        func counts(_ values: some Sequence<(key: String, value: Int)>) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.reduce(into: [:]) { $0[$1.key] = .int($1.value) })
        }
        return [
            "requests": counts(statistics.requests), "limited": counts(statistics.limited),
            "answers": counts(statistics.answers.map { (key: String($0.key), value: $0.value) }),
            "invalid_requests": .int(limiter.invalidCount(now: world.now)),
            "gateway": [
                "connections": .int(hub.connections.count), "sessions": .int(hub.sessions.count),
                "identifies": .int(hub.identifies),
            ],
        ]
    }

    private func plan(_ body: JSONObject) throws(APIError) {
        if let seed = body["seed"]?.int { faults.reseed(UInt64(bitPattern: Int64(seed))) }
        for value in body["rest"]?.array ?? [] {
            guard let match = value["match"]?.string, let fault = Self.fault(value) else {
                throw .required("rest.match")
            }
            faults.add(
                FaultPlan.Rule(
                    match: match, fault: fault, times: value["times"]?.int ?? 1, after: value["after"]?.int ?? 0,
                    probability: value["probability"]?.double ?? 1))
        }
        for value in body["gateway"]?.array ?? [] { try disturbGateway(value) }
    }

    private static func fault(_ value: JSONValue) -> FaultPlan.Fault? {
        let seconds = value["seconds"]?.double ?? 1
        switch value["do"]?.string {
        case "429":
            guard let scope = FaultPlan.Scope(rawValue: value["scope"]?.string ?? "user") else { return nil }
            return .rateLimit(scope: scope, retryAfter: value["retry_after"]?.double ?? seconds)
        case "status": return value["status"]?.int.map { .status($0, body: value["body"]) }
        case "cut": return .cut
        case "cut_after": return .cutAfter
        case "delay": return .delay(seconds: seconds)
        case "delay_after": return .delayAfter(seconds: seconds)
        default: return nil
        }
    }

    /// Acts at once on every connection that is open.
    private func disturbGateway(_ value: JSONValue) throws(APIError) {
        let open = hub.connections.filter { !$0.value.isClosing }.keys.sorted()
        switch value["do"]?.string {
        case "cut": for id in open { hub.cut(id) }
        case "close":
            guard let code = value["code"]?.int.flatMap({ UInt16(exactly: $0) }).flatMap(CloseCode.init(rawValue:))
            else {
                throw .required("gateway.code")
            }
            for id in open { hub.close(id, code) }
        case "reconnect": for id in open { hub.send(id, op: 7, nil) }
        case "invalid_session":
            let resumable = value["resumable"]?.bool ?? false
            for id in open { hub.invalidate(id, resumable: resumable) }
        case "heartbeat": for id in open { hub.send(id, op: 1, nil) }
        case "stop_acks": hub.stopAcknowledging()
        default: throw .required("gateway.do")
        }
    }
}
