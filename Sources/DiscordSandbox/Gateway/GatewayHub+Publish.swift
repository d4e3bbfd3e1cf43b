import Contracts

extension GatewayHub {
    /// Tells every session what it may know of an event.
    mutating func publish(_ event: WorldEvent, world: World, _ faults: inout FaultPlan) {
        var whole: [UInt8]?
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            guard Self.reaches(event, session, world: world) else { continue }
            let bytes: [UInt8]
            if let readers = event.contentReaders, !session.intents.contains(.messageContent),
                !readers.contains(session.botID)
            {
                bytes = JSONValue.object(World.redacted(event.data, for: session.botID)).utf8
            } else {
                bytes = whole ?? JSONValue.object(event.data).utf8
                whole = bytes
            }
            deliver(session.id, event.name, bytes, fault: faults.fault(event: event.name))
        }
    }

    /// An event as the fault plan wants it.
    private mutating func deliver(_ session: String, _ name: String, _ bytes: [UInt8], fault: FaultPlan.Fault?) {
        switch fault {
        // Its number is used up, and nobody ever sees it.
        case .drop: _ = sessions[session]?.number(name, bytes, isReplayable: false)
        case .duplicate:
            guard let payload = sessions[session]?.number(name, bytes) else { return }
            if let connection = sessions[session]?.connection {
                send(payload, to: connection)
                send(payload, to: connection)
            }
        case .reorder:
            guard let payload = sessions[session]?.number(name, bytes) else { return }
            if let connection = sessions[session]?.connection { hold(payload, on: connection) }
        default: dispatch(session, name, bytes)
        }
    }

    private static func reaches(_ event: WorldEvent, _ session: GatewaySession, world: World) -> Bool {
        let isDirect = event.guildID == .none
        if let needed = Intents.required(for: event.name, isDirect: isDirect), session.intents.isDisjoint(with: needed),
            event.subject != session.botID
        {
            return false
        }
        if case .only(let users) = event.audience {
            guard users.contains(session.botID) else { return false }
            let home = event.data["guild_id"]?.snowflake ?? event.data["id"]?.snowflake ?? .none
            return isDirect && event.name != "GUILD_DELETE" ? session.shard.id == 0 : session.shard.holds(home)
        }
        guard !isDirect else {
            // Direct messages are told to the first shard only.
            guard session.shard.id == 0, case .readers(let channelID) = event.audience,
                let channel = world.channels[channelID]
            else { return false }
            return channel.recipients.contains(session.botID)
        }
        guard let guild = world.guilds[event.guildID], guild.members[session.botID] != nil,
            session.shard.holds(guild.id)
        else { return false }
        switch event.audience {
        case .everyone, .only: return true
        case .holders(let any): return !world.guildPermissions(of: session.botID, in: guild).isDisjoint(with: any)
        case .readers(let channelID):
            guard let channel = world.channels[channelID] else { return false }
            return world.permissions(of: session.botID, in: channel).contains(.viewChannel)
        }
    }
}
