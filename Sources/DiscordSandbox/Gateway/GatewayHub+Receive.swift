import Contracts

/// What a client may say. Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway>
extension GatewayHub {
    /// Facts that the hub can not make itself.
    struct Surroundings: Sendable {
        let now: Timestamp
        let gatewayURL: String
        let freshSessionID: String
    }

    mutating func receive(_ bytes: [UInt8], on id: UInt64, world: World, _ around: Surroundings) {
        guard let connection = connections[id], !connection.isClosing else { return }
        guard bytes.count <= Self.largestPayload, let payload = try? JSONParser.parse(bytes),
            let op = payload["op"]?.int
        else { return close(id, .decodeError) }
        guard countSend(id, now: around.now) else { return close(id, .rateLimited) }
        let data = payload["d"] ?? .null
        switch op {
        case 1: heartbeat(id, now: around.now)
        case 2: identify(id, data, world: world, around)
        case 6: resume(id, data, world: world, around)
        case _ where connection.session == nil: close(id, .notAuthenticated)
        case 3: if data["status"]?.string == nil { close(id, .decodeError) }
        case 4: updateVoice(id, data)
        case 31: requestSounds(id, data, world: world)
        case 43: requestChannelInfo(id, data, world: world)
        case 8: requestMembers(id, data, world: world, now: around.now)
        default: close(id, .unknownOpcode)
        }
    }

    private mutating func identify(_ id: UInt64, _ data: JSONValue, world: World, _ around: Surroundings) {
        guard connections[id]?.session == nil else { return close(id, .alreadyAuthenticated) }
        guard let token = data["token"]?.string, let raw = data["intents"]?.int, data["properties"]?.object != nil
        else {
            return close(id, .decodeError)
        }
        guard let account = world.accounts[token], world.users[account.userID]?.isBot == true else {
            return close(id, .authenticationFailed)
        }
        let intents = Intents(rawValue: raw)
        guard raw >= 0, intents.isSubset(of: .documented) else { return close(id, .invalidIntents) }
        guard intents.intersection(.privileged).isSubset(of: account.privilegedIntents) else {
            return close(id, .disallowedIntents)
        }
        guard let shard = Self.shard(data["shard"]) else { return close(id, .invalidShard) }
        guard shard.count >= settings.fewestShards else { return close(id, .shardingRequired) }
        let threshold = data["large_threshold"]?.int ?? 50
        guard (50...250).contains(threshold) else { return close(id, .decodeError) }
        // Discord makes a token invalid whose bot starts too many sessions.
        guard identifyBudget(now: around.now).left > 0 else { return close(id, .authenticationFailed) }
        guard countIdentify(of: account.userID, shard: shard.id, now: around.now) else {
            return send(id, op: 9, false)
        }

        // `compress` says that the client could read compressed payloads, not that they must be: these stay plain.
        var session = GatewaySession(
            id: around.freshSessionID, botID: account.userID, intents: intents, shard: shard)
        session.largeThreshold = threshold
        sessions[session.id] = session
        attach(id, to: session.id)
        let guilds = world.guilds.values.filter { $0.members[account.userID] != nil && shard.holds($0.id) }
            .sorted { $0.id < $1.id }
        var ready: JSONObject = [
            "v": 10, "user": .object(world.wireUser(account.userID)), "session_type": "normal",
            "session_id": .string(session.id), "resume_gateway_url": .string(around.gatewayURL),
            "guilds": .array(guilds.map { ["id": .id($0.id), "unavailable": true] }),
            "application": [
                "id": .id(account.userID), "flags": .int(ApplicationRoutes.flags(of: account.userID, world)),
            ],
            "private_channels": [], "relationships": [], "presences": [], "geo_ordered_rtc_regions": [],
        ]
        if data["shard"] != nil { ready["shard"] = [.int(shard.id), .int(shard.count)] }
        dispatch(session.id, "READY", JSONValue.object(ready).utf8)
        guard intents.contains(.guilds) else { return }
        for guild in guilds {
            let create = world.wireGuildCreate(
                guild, for: account.userID, withPresences: intents.contains(.presences),
                largeThreshold: threshold)
            dispatch(session.id, "GUILD_CREATE", JSONValue.object(create).utf8)
        }
    }

    /// nil when it is not a valid `[id, count]`; leaving it out means one shard.
    private static func shard(_ value: JSONValue?) -> GatewaySession.Shard? {
        guard let value, !value.isNull else { return GatewaySession.Shard() }
        guard let pair = value.array, pair.count == 2, let id = pair[0].int, let count = pair[1].int,
            count >= 1, (0..<count).contains(id)
        else { return nil }
        return GatewaySession.Shard(id: id, count: count)
    }

    private mutating func resume(_ id: UInt64, _ data: JSONValue, world: World, _ around: Surroundings) {
        guard connections[id]?.session == nil else { return close(id, .alreadyAuthenticated) }
        guard let token = data["token"]?.string, let sessionID = data["session_id"]?.string,
            let sequence = data["seq"]?.int
        else { return close(id, .decodeError) }
        guard let account = world.accounts[token] else { return close(id, .authenticationFailed) }
        guard let session = sessions[sessionID], session.botID == account.userID else { return send(id, op: 9, false) }
        guard sequence <= session.sequence else {
            sessions[sessionID] = nil
            return close(id, .invalidSequence)
        }
        guard let missed = session.replay(after: sequence) else {
            sessions[sessionID] = nil
            return send(id, op: 9, false)
        }
        attach(id, to: sessionID)
        replay(missed, to: id)
        dispatch(sessionID, "RESUMED", Array("{}".utf8))
    }
}
