import Contracts

extension GatewayHub {
    /// Tells every session what it may know of an event.
    mutating func publish(_ event: WorldEvent, world: World) {
        guard let guild = world.guilds[event.guildID] else { return }
        var whole: [UInt8]?
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            guard Self.reaches(event, session, guild: guild, world: world) else { continue }
            if let readers = event.contentReaders, !session.intents.contains(.messageContent),
                !readers.contains(session.botID)
            {
                let redacted = Self.redacted(event.data, for: session.botID)
                dispatch(session.id, event.name, JSONValue.object(redacted).utf8)
            } else {
                let bytes = whole ?? JSONValue.object(event.data).utf8
                whole = bytes
                dispatch(session.id, event.name, bytes)
            }
        }
    }

    private static func reaches(_ event: WorldEvent, _ session: GatewaySession, guild: Guild, world: World) -> Bool {
        guard guild.members[session.botID] != nil, session.shard.holds(guild.id) else { return false }
        if let needed = Intents.required(for: event.name), !session.intents.contains(needed),
            event.subject != session.botID
        {
            return false
        }
        switch event.audience {
        case .everyone: return true
        case .holders(let any): return !world.guildPermissions(of: session.botID, in: guild).isDisjoint(with: any)
        case .readers(let channelID):
            guard let channel = world.channels[channelID] else { return false }
            return world.permissions(of: session.botID, in: channel).contains(.viewChannel)
        }
    }

    /// Without the MESSAGE_CONTENT intent. Source: <https://discord.com/developers/docs/events/gateway#message-content-intent>
    private static func redacted(_ message: JSONObject, for botID: Snowflake) -> JSONObject {
        var result = message
        result["content"] = ""
        for name in ["embeds", "attachments", "components"] { result[name] = [] }
        result["poll"] = nil
        if let original = message["referenced_message"]?.object, original["author"]?["id"]?.snowflake != botID {
            result["referenced_message"] = .object(redacted(original, for: botID))
        }
        return result
    }
}
