import Contracts

/// Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members>
extension GatewayHub {
    private static let chunkSize = 1000
    private static let mostPrefixed = 100
    /// Seconds between two requests for the whole list of one guild.
    private static let fullListWindow: Double = 30

    mutating func requestMembers(_ id: UInt64, _ data: JSONValue, world: World, now: Timestamp) {
        guard let sessionID = connections[id]?.session, let session = sessions[sessionID],
            let guildID = data["guild_id"]?.snowflake, let guild = world.guilds[guildID]
        else { return close(id, .decodeError) }
        let wanted = data["user_ids"]?.array?.compactMap(\.snowflake) ?? data["user_ids"]?.snowflake.map { [$0] }
        guard guild.members[session.botID] != nil, session.shard.holds(guildID) else { return close(id, .decodeError) }
        // Source: <https://discord.com/developers/docs/events/gateway-events#request-guild-members> (presences)
        if data["presences"]?.bool == true, !session.intents.contains(.presences) {
            return close(id, .disallowedIntents)
        }
        let query = data["query"]?.string
        let limit = data["limit"]?.int ?? 0
        var missing: [Snowflake] = []
        var found: [Member]
        if let wanted {
            found = wanted.prefix(100).compactMap { guild.members[$0] }
            missing = wanted.filter { guild.members[$0] == nil }
        } else if query == "", limit == 0 {
            guard session.intents.contains(.members) else { return close(id, .disallowedIntents) }
            if let last = lastFullList[guildID], now - last < Self.fullListWindow {
                return refuse(sessionID, guildID, data["nonce"], retryAfter: Self.fullListWindow - (now - last))
            }
            lastFullList[guildID] = now
            found = Array(guild.members.inOrder)
        } else {
            found = world.members(of: guild, startingWith: query ?? "", limit: min(max(limit, 1), Self.mostPrefixed))
        }
        let count = max(1, (found.count + Self.chunkSize - 1) / Self.chunkSize)
        for index in 0..<count {
            let members = found.prefix(Self.chunkSize)
            found = Array(found.dropFirst(Self.chunkSize))
            var chunk: JSONObject = [
                "guild_id": .id(guildID), "members": .array(members.map { .object(world.wire($0)) }),
                "chunk_index": .int(index), "chunk_count": .int(count),
            ]
            if wanted != nil { chunk["not_found"] = .ids(missing) }
            if data["presences"]?.bool == true { chunk["presences"] = [] }
            // A nonce that is too long is left out.
            if let nonce = data["nonce"]?.string, nonce.utf8.count <= 32 { chunk["nonce"] = .string(nonce) }
            dispatch(sessionID, "GUILD_MEMBERS_CHUNK", JSONValue.object(chunk).utf8)
        }
    }

    private mutating func refuse(_ session: String, _ guildID: Snowflake, _ nonce: JSONValue?, retryAfter: Double) {
        var meta: JSONObject = ["guild_id": .id(guildID)]
        meta["nonce"] = nonce
        let data: JSONValue = ["opcode": 8, "retry_after": .double(retryAfter), "meta": .object(meta)]
        dispatch(session, "RATE_LIMITED", data.utf8)
    }
}
