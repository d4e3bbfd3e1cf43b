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
            try world.join(user(body), body["guild_id"]?.snowflake ?? seeded.guildID)
            return nil
        default: return try controlPeople(name, body)
        }
    }

    /// What people do of their own.
    private func controlPeople(_ name: String, _ body: JSONObject) throws(APIError) -> JSONValue? {
        switch name {
        case "POST leave": world.removeMember(try user(body), from: body["guild_id"]?.snowflake ?? seeded.guildID)
        case "POST direct-messages":
            let channel = try world.openDirectMessages(from: user(body), to: seeded.botID)
            let message = try world.say(body.requiredText("content", length: 1...2000), as: user(body), in: channel.id)
            return .object(world.wire(message, to: nil))
        case "POST edit-message":
            guard let id = body["message_id"]?.snowflake else { throw .required("message_id") }
            var draft = MessageDraft(content: try body.requiredText("content", length: 1...2000))
            draft.allowedMentions = nil
            let message = try world.editMessage(
                id, in: channel(body), by: user(body), body: ["content": .string(draft.content)], draft: draft)
            return .object(world.wire(message, to: nil))
        case "POST delete-message":
            guard let id = body["message_id"]?.snowflake else { throw .required("message_id") }
            try world.deleteMessage(id, in: channel(body), by: World.Actor(id: user(body)))
        case "POST reactions":
            guard let id = body["message_id"]?.snowflake else { throw .required("message_id") }
            guard let emoji = Message.Emoji(path: body["emoji"]?.string ?? "👍") else { throw .unknownEmoji }
            if body["remove"]?.bool == true {
                let user = try user(body)
                try world.removeReaction(emoji, of: user, from: id, in: channel(body), by: user)
            } else {
                try world.addReaction(emoji, to: id, in: channel(body), by: user(body))
            }
        case "POST votes":
            guard let id = body["message_id"]?.snowflake else { throw .required("message_id") }
            try world.vote(
                body.int("answer", in: 1...10) ?? 1, body["remove"]?.bool != true, on: id, in: channel(body),
                by: user(body))
        case "POST voice":
            if body["leave"]?.bool == true {
                world.leaveVoice(try user(body), in: seeded.guildID)
            } else {
                try world.joinVoice(user(body), in: channel(body))
            }
        case "POST join-requests": return .object(try world.askToJoin(user(body), seeded.guildID))
        case "POST event-guests":
            guard let id = body["event_id"]?.snowflake else { throw .required("event_id") }
            try world.setGuest(user(body), isComing: body["remove"]?.bool != true, to: id, in: seeded.guildID)
        case "POST users":
            let id = try user(body)
            if let isClosed = try body.flag("closed_messages") { world.users[id]?.isClosed = isClosed }
        case "POST clock":
            // Time passes without waiting: polls end, threads fall asleep, time-outs are over.
            guard let seconds = body["forward"]?.double, seconds >= 0 else { throw .required("forward") }
            moveClock(by: seconds)
            world.letTimePass()
        default: throw .notFound
        }
        return nil
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
        if let skew = body["clock_skew"]?.double { faults.clockSkew = skew }
        if let seconds = body["search_indexing"]?.double { world.indexesSearchUntil = world.now + seconds }
        if let seed = body["seed"]?.int { faults.reseed(UInt64(bitPattern: Int64(seed))) }
        for value in body["rest"]?.array ?? [] {
            guard let match = value["match"]?.string, let fault = Self.fault(value) else {
                throw .required("rest.match")
            }
            faults.add(Self.rule(value, match, fault))
        }
        for value in body["gateway"]?.array ?? [] {
            switch value["do"]?.string {
            case "drop": faults.add(Self.rule(value, value["match"]?.string ?? "*", .drop))
            case "duplicate": faults.add(Self.rule(value, value["match"]?.string ?? "*", .duplicate))
            case "reorder": faults.add(Self.rule(value, value["match"]?.string ?? "*", .reorder))
            default: try disturbGateway(value)
            }
        }
    }

    private static func rule(_ value: JSONValue, _ match: String, _ fault: FaultPlan.Fault) -> FaultPlan.Rule {
        FaultPlan.Rule(
            match: match, fault: fault, times: value["times"]?.int ?? 1, after: value["after"]?.int ?? 0,
            probability: value["probability"]?.double ?? 1)
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
        case "html": return .html(value["status"]?.int ?? 503)
        case "wrong_type": return .wrongType
        case "truncate": return .truncate
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
        case "half_frame": for id in open { hub.breakOff(id) }
        case "refuse_identify": hub.identifiesToRefuse += value["times"]?.int ?? 1
        case "outage":
            // The guild is there, and nobody can reach it.
            let guild = value["guild_id"]?.snowflake ?? seeded.guildID
            world.emit("GUILD_DELETE", guild: guild, ["id": .id(guild), "unavailable": true])
        default: throw .required("gateway.do")
        }
    }
}
