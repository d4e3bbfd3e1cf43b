import Contracts

extension World {
    mutating func createChannel(_ new: Channel, by actor: Actor) throws(APIError) -> Channel {
        let guild = try guild(new.guildID, where: actor.id, has: [.manageChannels])
        // Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30013)
        guard listedChannels(of: guild).count < Self.mostChannels else { throw .limit(30013, "guild channels", 500) }
        try requireGrant(of: new.overwrites, by: actor.id, in: guild)
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

    static let mostChannels = 500

    struct ChannelChange: Equatable, Sendable {
        var kind: Channel.Kind?
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
        var isInvitable: Bool?
        var appliedTags: [Snowflake]?
        var availableTags: [ForumTag]?
        var flags: Int?
        var details: JSONObject = [:]
    }

    mutating func changeChannel(_ id: Snowflake, by actor: Actor, _ change: ChannelChange) throws(APIError) -> Channel {
        let old = try channel(id, seenBy: actor.id)
        let granted = permissions(of: actor.id, in: old)
        if let thread = old.thread {
            let mayManage = granted.contains(.manageThreads)
            // Anyone who may talk in it opens a thread again, unless it is locked.
            let onlyOpens = change == ChannelChange(isArchived: false) && !thread.isLocked
            guard mayManage || thread.ownerID == actor.id || onlyOpens && granted.contains(.sendMessages) else {
                throw .missingPermissions
            }
            guard change.isLocked == nil || mayManage else { throw .missingPermissions }
            guard !thread.isArchived || change.isArchived == false else { throw .archivedThread }
            if let tags = change.appliedTags { try checkTags(tags, of: old, mayManage: mayManage) }
        } else {
            guard granted.contains(.manageChannels) else { throw .missingPermissions }
        }
        if let overwrites = change.overwrites {
            guard granted.contains(.manageRoles), let guild = guilds[old.guildID] else { throw .missingPermissions }
            try requireGrant(of: overwrites.filter { !old.overwrites.contains($0) }, by: actor.id, in: guild)
        }
        if let parent = change.parentID, let parent, channels[parent]?.kind != .category, !old.kind.isThread {
            throw .form("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist")
        }
        var new = old
        if let kind = change.kind, kind != old.kind {
            guard [old.kind, kind].allSatisfy({ $0 == .text || $0 == .announcement }) else {
                throw .form("type", "CHANNEL_TYPE_CONVERSION", "Only text and announcement channels can be converted")
            }
            new.kind = kind
        }
        if let name = change.name { new.name = name }
        if let topic = change.topic { new.topic = topic }
        if let slowmode = change.slowmode { new.slowmode = slowmode }
        if let position = change.position { new.position = position }
        if let parentID = change.parentID { new.parentID = parentID }
        if let isNSFW = change.isNSFW { new.isNSFW = isNSFW }
        if let overwrites = change.overwrites { new.overwrites = overwrites }
        if let flags = change.flags { new.flags = flags }
        if let tags = change.appliedTags { new.appliedTags = tags }
        if let tags = change.availableTags { new.availableTags = tags }
        if let isInvitable = change.isInvitable { new.thread?.isInvitable = isInvitable }
        if !old.kind.isThread { new.details = new.details.merging(change.details) }
        if let isLocked = change.isLocked { new.thread?.isLocked = isLocked }
        if let minutes = change.autoArchiveAfter { new.thread?.autoArchiveAfter = minutes }
        if let isArchived = change.isArchived, isArchived != old.thread?.isArchived {
            new.thread?.isArchived = isArchived
            new.thread?.archivedAt = now
            new.thread?.lastActiveAt = now
        }
        guard new != old else { return old }
        channels[id] = new
        emitChannel("UPDATE", new)
        audit(
            old.kind.isThread ? .threadUpdate : .channelUpdate, in: old.guildID, by: actor, target: id, channel: id,
            changes: [
                AuditEntry.change("name", .string(old.name), .string(new.name)),
                AuditEntry.change("type", .int(old.kind.rawValue), .int(new.kind.rawValue)),
                AuditEntry.change("topic", .text(old.topic), .text(new.topic)),
                AuditEntry.change("nsfw", .bool(old.isNSFW), .bool(new.isNSFW)),
                AuditEntry.change("parent_id", .id(old.parentID), .id(new.parentID)),
                AuditEntry.change("position", .int(old.position), .int(new.position)),
                AuditEntry.change("flags", .int(old.flags), .int(new.flags)),
                AuditEntry.change(
                    "available_tags", .array(old.availableTags.map(\.json)), .array(new.availableTags.map(\.json))),
                AuditEntry.change("applied_tags", .ids(old.appliedTags), .ids(new.appliedTags)),
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
        if channel.kind == .directMessage {
            record("direct_message.close", by: actor.id, target: id, channel: id)
            return channel
        }
        let needed: Permissions = channel.kind.isThread ? .manageThreads : .manageChannels
        guard permissions(of: actor.id, in: channel).contains(needed) else { throw .missingPermissions }
        let settings = guilds[channel.guildID]?.settings ?? [:]
        for name in ["rules_channel_id", "public_updates_channel_id"] where settings[name]?.snowflake == id {
            throw .requiredChannel
        }
        for thread in channels.values where thread.parentID == id && thread.kind.isThread { forget(thread) }
        emitChannel("DELETE", channel)
        for child in channels.values where child.parentID == id {
            channels[child.id]?.parentID = nil
            if let child = channels[child.id] { emitChannel("UPDATE", child) }
        }
        forget(channel)
        audit(
            channel.kind.isThread ? .threadDelete : .channelDelete, in: channel.guildID, by: actor, target: id,
            channel: id, changes: [.init(key: "name", old: .string(channel.name), new: nil)])
        return channel
    }

    private mutating func forget(_ channel: Channel) {
        channels[channel.id] = nil
        histories[channel.id] = nil
        if let parent = channel.parentID, channel.kind.isThread { histories[parent]?[channel.id]?.hasThread = false }
        for (code, invite) in guilds[channel.guildID]?.invites ?? [:] where invite.channelID == channel.id {
            guilds[channel.guildID]?.invites[code] = nil
        }
        guilds[channel.guildID]?.channels.remove(channel.id)
        for hook in webhooks.values where hook.channelID == channel.id { webhooks[hook.id] = nil }
    }

    mutating func emitChannel(_ verb: String, _ channel: Channel) {
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
        channels[id]?.thread?.lastActiveAt = now
        if let channel = channels[id] { emitChannel("UPDATE", channel) }
    }

    mutating func setOverwrite(_ overwrite: Overwrite, in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try guildChannel(channelID, where: actor.id, has: [.manageRoles])
        guard !channel.kind.isThread, let guild = guilds[channel.guildID] else { throw .wrongChannelType }
        let exists = overwrite.target == .role ? guild.roles[overwrite.id] != nil : users[overwrite.id] != nil
        guard exists else { throw overwrite.target == .role ? .unknownRole : .unknownUser }
        try requireGrant(of: [overwrite], by: actor.id, in: guild)
        // Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30060)
        guard channel.overwrites.count < 1000 else { throw .limit(30060, "channel permission overwrites", 1000) }
        let isNew = !channel.overwrites.contains { $0.id == overwrite.id }
        channels[channelID]?.overwrites.removeAll { $0.id == overwrite.id }
        channels[channelID]?.overwrites.append(overwrite)
        announceOverwrite(isNew ? .overwriteCreate : .overwriteUpdate, overwrite, in: channel, by: actor)
    }

    mutating func removeOverwrite(_ id: Snowflake, in channelID: Snowflake, by actor: Actor) throws(APIError) {
        let channel = try guildChannel(channelID, where: actor.id, has: [.manageRoles])
        guard let old = channel.overwrites.first(where: { $0.id == id }) else { throw .unknownOverwrite }
        channels[channelID]?.overwrites.removeAll { $0.id == id }
        announceOverwrite(.overwriteDelete, old, in: channel, by: actor)
    }

    /// Nobody gives or takes in a channel what they do not have in the guild.
    private func requireGrant(of overwrites: [Overwrite], by actor: Snowflake, in guild: Guild) throws(APIError) {
        let granted = guildPermissions(of: actor, in: guild)
        guard overwrites.allSatisfy({ granted.isSuperset(of: $0.allow.union($0.deny)) }) else {
            throw .missingPermissions
        }
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
