import Contracts

extension World {
    struct ChannelMove: Equatable, Sendable {
        let id: Snowflake
        var position: Int?
        /// The outer nil leaves the parent alone.
        var parentID: Snowflake??
        var syncsPermissions = false
    }

    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-channel-positions>
    mutating func moveChannels(_ moves: [ChannelMove], in guildID: Snowflake, by actor: Actor) throws(APIError) {
        _ = try guild(guildID, where: actor.id, has: .manageChannels)
        var moved: [(old: Channel, new: Channel)] = []
        for move in moves {
            guard let old = channels[move.id], old.guildID == guildID, !old.kind.isThread else {
                throw .unknownChannel
            }
            var new = old
            if let position = move.position { new.position = position }
            if let parent = move.parentID {
                if let parent {
                    guard channels[parent]?.kind == .category else {
                        throw .form("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
                    }
                    if move.syncsPermissions { new.overwrites = channels[parent]?.overwrites ?? [] }
                }
                new.parentID = parent
            }
            if new != old { moved.append((old, new)) }
        }
        for (old, new) in moved {
            channels[new.id] = new
            emitChannel("UPDATE", new)
            audit(
                .channelUpdate, in: guildID, by: actor, target: new.id, channel: new.id,
                changes: [
                    AuditEntry.change("position", .int(old.position), .int(new.position)),
                    AuditEntry.change("parent_id", .id(old.parentID), .id(new.parentID)),
                ])
        }
    }
}
