import Contracts

extension World {
    struct RoleChange: Equatable, Sendable {
        var name: String?
        var permissions: Permissions?
        var color: Int?
        var hoist: Bool?
        var mentionable: Bool?
        var secondaryColor: Int??
        var tertiaryColor: Int??
        var unicodeEmoji: String??
    }

    /// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30005)
    static let mostRoles = 250

    mutating func createRole(_ change: RoleChange, in guildID: Snowflake, by actor: Actor) throws(APIError) -> Role {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        guard guild.roles.count < Self.mostRoles else { throw .limit(30005, "guild roles", Self.mostRoles) }
        let base = guild.roles[guildID]?.permissions ?? []
        var role = Role(
            id: mintID(), name: change.name ?? "new role", permissions: base, position: 1)
        try apply(change, to: &role, by: actor.id, in: guild)
        // A new role stands right above @everyone; the others make room.
        for id in guild.roles.keys where id != guildID {
            guilds[guildID]?.roles[id]?.position += 1
            if let moved = guilds[guildID]?.roles[id] { emitRole("UPDATE", moved, in: guildID) }
        }
        guilds[guildID]?.roles[role.id] = role
        emitRole("CREATE", role, in: guildID)
        audit(
            .roleCreate, in: guildID, by: actor, target: role.id,
            changes: [.init(key: "name", old: nil, new: .string(role.name))])
        return role
    }

    mutating func changeRole(
        _ id: Snowflake, in guildID: Snowflake, by actor: Actor, _ change: RoleChange
    ) throws(APIError) -> Role {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        guard let old = guild.roles[id] else { throw .unknownRole }
        try requireRank(of: actor.id, above: old, in: guild)
        var role = old
        try apply(change, to: &role, by: actor.id, in: guild)
        guard role != old else { return old }
        guilds[guildID]?.roles[id] = role
        emitRole("UPDATE", role, in: guildID)
        audit(
            .roleUpdate, in: guildID, by: actor, target: id,
            changes: [
                AuditEntry.change("name", .string(old.name), .string(role.name)),
                AuditEntry.change("permissions", old.permissions.json, role.permissions.json),
                AuditEntry.change("color", .int(old.color), .int(role.color)),
                AuditEntry.change("hoist", .bool(old.hoist), .bool(role.hoist)),
                AuditEntry.change("mentionable", .bool(old.mentionable), .bool(role.mentionable)),
            ])
        return role
    }

    private mutating func emitRole(_ verb: String, _ role: Role, in guildID: Snowflake) {
        emit("GUILD_ROLE_\(verb)", guild: guildID, ["guild_id": .id(guildID), "role": .object(wire(role))])
    }

    /// Only roles below the actor's own can be sorted, and only to places below it.
    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-role-positions>
    mutating func moveRoles(
        _ moves: [(id: Snowflake, position: Int)], in guildID: Snowflake, by actor: Actor
    ) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        let top = actor.id == guild.ownerID ? Int.max : guild.rank(of: actor.id).position
        for (id, position) in moves {
            guard let role = guild.roles[id] else { throw .unknownRole }
            guard id != guildID else { throw .invalidRole }
            if role.position != position {
                try requireRank(of: actor.id, above: role, in: guild)
                guard position < top else { throw .missingPermissions }
            }
        }
        for (id, position) in moves {
            guard let old = guilds[guildID]?.roles[id], old.position != position else { continue }
            guilds[guildID]?.roles[id]?.position = max(1, position)
            if let role = guilds[guildID]?.roles[id] { emitRole("UPDATE", role, in: guildID) }
            audit(
                .roleUpdate, in: guildID, by: actor, target: id,
                changes: [AuditEntry.change("position", .int(old.position), .int(position))])
        }
    }

    private func apply(_ change: RoleChange, to role: inout Role, by actor: Snowflake, in guild: Guild) throws(APIError)
    {
        if let permissions = change.permissions {
            // Nobody hands out what they do not have.
            let added = permissions.subtracting(role.permissions)
            guard guildPermissions(of: actor, in: guild).isSuperset(of: added) else { throw .missingPermissions }
            role.permissions = permissions
        }
        if let name = change.name { role.name = name }
        if let color = change.color { role.color = color }
        if let hoist = change.hoist { role.hoist = hoist }
        if let mentionable = change.mentionable { role.mentionable = mentionable }
        if let second = change.secondaryColor { role.secondaryColor = second }
        if let third = change.tertiaryColor { role.tertiaryColor = third }
        if let emoji = change.unicodeEmoji { role.unicodeEmoji = emoji }
    }

    mutating func deleteRole(_ id: Snowflake, in guildID: Snowflake, by actor: Actor) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        guard let role = guild.roles[id] else { throw .unknownRole }
        guard id != guildID, role.botID == nil else { throw .invalidRole }
        try requireRank(of: actor.id, above: role, in: guild)
        guilds[guildID]?.roles[id] = nil
        guilds[guildID]?.members.takeRole(id)
        for channel in guild.channels { channels[channel]?.overwrites.removeAll { $0.id == id } }
        emit("GUILD_ROLE_DELETE", guild: guildID, ["guild_id": .id(guildID), "role_id": .id(id)])
        audit(
            .roleDelete, in: guildID, by: actor, target: id,
            changes: [.init(key: "name", old: .string(role.name), new: nil)])
    }
}
