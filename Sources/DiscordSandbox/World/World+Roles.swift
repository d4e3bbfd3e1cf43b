import Contracts

extension World {
    struct RoleChange: Equatable, Sendable {
        var name: String?
        var permissions: Permissions?
        var color: Int?
        var hoist: Bool?
        var mentionable: Bool?
    }

    mutating func createRole(_ change: RoleChange, in guildID: Snowflake, by actor: Actor) throws(APIError) -> Role {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        let base = guild.roles[guildID]?.permissions ?? []
        var role = Role(
            id: mintID(), name: change.name ?? "new role", permissions: base, position: 1)
        try apply(change, to: &role, by: actor.id, in: guild)
        // A new role stands right above @everyone; the others make room.
        for id in guild.roles.keys where id != guildID { guilds[guildID]?.roles[id]?.position += 1 }
        guilds[guildID]?.roles[role.id] = role
        emit("GUILD_ROLE_CREATE", guild: guildID, ["guild_id": .id(guildID), "role": .object(wire(role))])
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
        emit("GUILD_ROLE_UPDATE", guild: guildID, ["guild_id": .id(guildID), "role": .object(wire(role))])
        audit(
            .roleUpdate, in: guildID, by: actor, target: id,
            changes: [
                AuditEntry.change("name", .string(old.name), .string(role.name)),
                AuditEntry.change("permissions", old.permissions.json, role.permissions.json),
            ])
        return role
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
    }

    mutating func deleteRole(_ id: Snowflake, in guildID: Snowflake, by actor: Actor) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        guard let role = guild.roles[id] else { throw .unknownRole }
        guard id != guildID, role.botID == nil else { throw .invalidRole }
        try requireRank(of: actor.id, above: role, in: guild)
        guilds[guildID]?.roles[id] = nil
        for userID in guild.members.keys { guilds[guildID]?.members[userID]?.roles.removeAll { $0 == id } }
        emit("GUILD_ROLE_DELETE", guild: guildID, ["guild_id": .id(guildID), "role_id": .id(id)])
        audit(
            .roleDelete, in: guildID, by: actor, target: id,
            changes: [.init(key: "name", old: .string(role.name), new: nil)])
    }
}
