import Contracts

extension World {
    mutating func createChannel(_ new: Channel, by actor: Actor) throws(APIError) -> Channel {
        _ = try guild(new.guildID, where: actor.id, has: [.manageChannels])
        if let parent = new.parentID, channels[parent]?.kind != .category {
            throw .form("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
        }
        channels[new.id] = new
        guilds[new.guildID]?.channels.insert(new.id)
        emit("CHANNEL_CREATE", guild: new.guildID, wire(new))
        audit(
            .channelCreate, in: new.guildID, by: actor, target: new.id, channel: new.id,
            changes: [
                .init(key: "name", old: nil, new: .string(new.name)),
                .init(key: "type", old: nil, new: .int(new.kind.rawValue)),
            ])
        return new
    }

    struct ChannelChange: Equatable, Sendable {
        var name: String?
        var topic: String??
        var slowmode: Int?
        var position: Int?
        var parentID: Snowflake??
        var isNSFW: Bool?
        var overwrites: [Overwrite]?
        var isArchived: Bool?
        var isLocked: Bool?
        var autoArchiveAfter: Int?
    }

    mutating func changeChannel(_ id: Snowflake, by actor: Actor, _ change: ChannelChange) throws(APIError) -> Channel {
        let old = try channel(id, seenBy: actor.id)
        let granted = permissions(of: actor.id, in: old)
        if let thread = old.thread {
            guard granted.contains(.manageThreads) || thread.ownerID == actor.id else { throw .missingPermissions }
            guard change.isLocked == nil || granted.contains(.manageThreads) else { throw .missingPermissions }
            guard !thread.isArchived || change.isArchived == false || granted.contains(.manageThreads) else {
                throw .archivedThread
            }
        } else {
            guard granted.contains(.manageChannels) else { throw .missingPermissions }
        }
        if change.overwrites != nil, !granted.contains(.manageRoles) { throw .missingPermissions }
        var new = old
        if let name = change.name { new.name = name }
        if let topic = change.topic { new.topic = topic }
        if let slowmode = change.slowmode { new.slowmode = slowmode }
        if let position = change.position { new.position = position }
        if let parentID = change.parentID { new.parentID = parentID }
        if let isNSFW = change.isNSFW { new.isNSFW = isNSFW }
        if let overwrites = change.overwrites { new.overwrites = overwrites }
        if let isLocked = change.isLocked { new.thread?.isLocked = isLocked }
        if let minutes = change.autoArchiveAfter { new.thread?.autoArchiveAfter = minutes }
        if let isArchived = change.isArchived, isArchived != old.thread?.isArchived {
            new.thread?.isArchived = isArchived
            new.thread?.archivedAt = now
        }
        guard new != old else { return old }
        channels[id] = new
        emitChannel("UPDATE", new)
        audit(
            old.kind.isThread ? .threadUpdate : .channelUpdate, in: old.guildID, by: actor, target: id, channel: id,
            changes: [
                AuditEntry.change("name", .string(old.name), .string(new.name)),
                AuditEntry.change("topic", .text(old.topic), .text(new.topic)),
                AuditEntry.change("rate_limit_per_user", .int(old.slowmode), .int(new.slowmode)),
                AuditEntry.change(
                    "archived", old.thread.map { .bool($0.isArchived) }, new.thread.map { .bool($0.isArchived) }),
                AuditEntry.change(
                    "locked", old.thread.map { .bool($0.isLocked) }, new.thread.map { .bool($0.isLocked) }),
            ])
        return new
    }

    mutating func deleteChannel(_ id: Snowflake, by actor: Actor) throws(APIError) -> Channel {
        let channel = try channel(id, seenBy: actor.id)
        let needed: Permissions = channel.kind.isThread ? .manageThreads : .manageChannels
        guard permissions(of: actor.id, in: channel).contains(needed) else { throw .missingPermissions }
        for thread in channels.values where thread.parentID == id && thread.kind.isThread { forget(thread) }
        for child in channels.values where child.parentID == id { channels[child.id]?.parentID = nil }
        emitChannel("DELETE", channel)
        forget(channel)
        audit(
            channel.kind.isThread ? .threadDelete : .channelDelete, in: channel.guildID, by: actor, target: id,
            channel: id, changes: [.init(key: "name", old: .string(channel.name), new: nil)])
        return channel
    }

    private mutating func forget(_ channel: Channel) {
        channels[channel.id] = nil
        histories[channel.id] = nil
        guilds[channel.guildID]?.channels.remove(channel.id)
        for hook in webhooks.values where hook.channelID == channel.id { webhooks[hook.id] = nil }
    }

    private mutating func emitChannel(_ verb: String, _ channel: Channel) {
        guard channel.kind.isThread else {
            emit("CHANNEL_\(verb)", guild: channel.guildID, wire(channel))
            return
        }
        let data: JSONObject =
            verb == "DELETE"
            ? [
                "id": .id(channel.id), "guild_id": .id(channel.guildID), "parent_id": .id(channel.parentID),
                "type": .int(channel.kind.rawValue),
            ] : wire(channel)
        emit("THREAD_\(verb)", guild: channel.guildID, to: .readers(of: channel.parentID ?? channel.id), data)
    }

    mutating func setArchived(_ archived: Bool, thread id: Snowflake) {
        channels[id]?.thread?.isArchived = archived
        channels[id]?.thread?.archivedAt = now
        if let channel = channels[id] { emitChannel("UPDATE", channel) }
    }

    mutating func setOverwrite(_ overwrite: Overwrite, in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try channel(channelID, where: actor.id, has: [.manageRoles])
        let granted = guilds[channel.guildID].map { guildPermissions(of: actor.id, in: $0) } ?? []
        guard granted.isSuperset(of: overwrite.allow.union(overwrite.deny)) else { throw .missingPermissions }
        let isNew = !channel.overwrites.contains { $0.id == overwrite.id }
        channels[channelID]?.overwrites.removeAll { $0.id == overwrite.id }
        channels[channelID]?.overwrites.append(overwrite)
        announceOverwrite(isNew ? .overwriteCreate : .overwriteUpdate, overwrite, in: channel, by: actor)
    }

    mutating func removeOverwrite(_ id: Snowflake, in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try channel(channelID, where: actor.id, has: [.manageRoles])
        guard let old = channel.overwrites.first(where: { $0.id == id }) else { throw .unknownOverwrite }
        channels[channelID]?.overwrites.removeAll { $0.id == id }
        announceOverwrite(.overwriteDelete, old, in: channel, by: actor)
    }

    private mutating func announceOverwrite(
        _ action: AuditAction, _ overwrite: Overwrite, in channel: Channel, by actor: Actor
    ) {
        if let channel = channels[channel.id] { emitChannel("UPDATE", channel) }
        audit(
            action, in: channel.guildID, by: actor, target: channel.id, channel: channel.id,
            changes: [
                .init(key: "allow", old: nil, new: overwrite.allow.json),
                .init(key: "deny", old: nil, new: overwrite.deny.json),
            ],
            options: ["id": .id(overwrite.id), "type": .string(String(overwrite.target.rawValue))])
    }
}
