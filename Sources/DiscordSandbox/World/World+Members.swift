import Contracts

extension World {
    /// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-member>
    static let longestTimeout: Double = 28 * Timestamp.secondsPerDay

    struct MemberChange: Equatable, Sendable {
        /// The outer nil leaves the value alone, the inner nil clears it.
        var nick: String??
        var timedOutUntil: Timestamp??
        var roles: [Snowflake]?
        var mute: Bool?
        var deaf: Bool?
        /// The inner nil takes them out of voice.
        var voiceChannel: Snowflake??
        var flags: Int?
    }

    mutating func changeMember(
        _ userID: Snowflake, in guildID: Snowflake, by actor: Actor, _ change: MemberChange
    ) throws(APIError) -> Member {
        let guild = try guild(guildID, seenBy: actor.id)
        guard let old = guild.members[userID] else { throw .unknownMember }
        let granted = guildPermissions(of: actor.id, in: guild)
        var member = old
        if let nick = change.nick {
            let needed: Permissions = userID == actor.id ? .changeNickname : .manageNicknames
            guard granted.contains(needed) else { throw .missingPermissions }
            try requireRank(of: actor.id, above: userID, in: guild)
            member.nick = nick?.isEmpty == true ? nil : nick
        }
        if let until = change.timedOutUntil {
            guard granted.contains(.moderateMembers) else { throw .missingPermissions }
            try requireRank(of: actor.id, above: userID, in: guild)
            let isAdministrator = guildPermissions(of: userID, in: guild).contains(.administrator)
            guard until == nil || !isAdministrator else { throw .missingPermissions }
            if let until, until - now > Self.longestTimeout {
                throw .form(
                    "communication_disabled_until", "COMMUNICATION_DISABLED_UNTIL_TOO_FAR",
                    "Communication cannot be disabled for more than 28 days")
            }
            member.timedOutUntil = until
        }
        if let roles = change.roles {
            guard granted.contains(.manageRoles) else { throw .missingPermissions }
            for id in Set(roles).symmetricDifference(old.roles) { try requireGrantable(id, by: actor.id, in: guild) }
            member.roles = roles
        }
        if let flags = change.flags {
            guard !granted.isDisjoint(with: [.moderateMembers, .manageGuild, .manageRoles]) else {
                throw .missingPermissions
            }
            member.flags = member.flags & ~(1 << 2) | flags & 1 << 2
        }
        try changeVoice(of: userID, change, to: &member, granted: granted, in: guild, by: actor)
        replace(old, with: member, in: guildID, by: actor)
        return guilds[guildID]?.members[userID] ?? member
    }

    mutating func setRole(
        _ roleID: Snowflake, given: Bool, to userID: Snowflake, in guildID: Snowflake, by actor: Actor
    ) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.manageRoles])
        guard let old = guild.members[userID] else { throw .unknownMember }
        try requireGrantable(roleID, by: actor.id, in: guild)
        var member = old
        member.roles.removeAll { $0 == roleID }
        if given { member.roles.append(roleID) }
        guard member != old else { return }
        replace(old, with: member, in: guildID, by: actor)
    }

    private func requireGrantable(_ id: Snowflake, by actor: Snowflake, in guild: Guild) throws(APIError) {
        guard let role = guild.roles[id] else { throw .unknownRole }
        guard id != guild.id, role.botID == nil else { throw .invalidRole }
        try requireRank(of: actor, above: role, in: guild)
    }

    private mutating func replace(_ old: Member, with new: Member, in guildID: Snowflake, by actor: Actor) {
        guilds[guildID]?.members[new.userID] = new
        if old.roles != new.roles {
            let roles = guilds[guildID]?.roles ?? [:]
            func named(_ ids: [Snowflake]) -> JSONValue? {
                ids.isEmpty ? nil : .array(ids.map { ["id": .id($0), "name": .text(roles[$0]?.name)] })
            }
            audit(
                .memberRoleUpdate, in: guildID, by: actor, target: new.userID,
                changes: [
                    .init(key: "$add", old: nil, new: named(new.roles.filter { !old.roles.contains($0) })),
                    .init(key: "$remove", old: nil, new: named(old.roles.filter { !new.roles.contains($0) })),
                ].filter { $0.new != nil })
        }
        let changes = [
            AuditEntry.change("nick", .text(old.nick), .text(new.nick)),
            AuditEntry.change("communication_disabled_until", .time(old.timedOutUntil), .time(new.timedOutUntil)),
            AuditEntry.change("mute", .bool(old.mute), .bool(new.mute)),
            AuditEntry.change("deaf", .bool(old.deaf), .bool(new.deaf)),
        ].compactMap { $0 }
        if !changes.isEmpty { audit(.memberUpdate, in: guildID, by: actor, target: new.userID, changes: changes) }
        guard old != new else { return }
        emitUpdate(of: new, in: guildID)
        if old.mute != new.mute || old.deaf != new.deaf { emitVoiceState(of: new.userID, in: guildID) }
    }

    mutating func emitUpdate(of member: Member, in guildID: Snowflake) {
        var data = wire(member)
        data["guild_id"] = .id(guildID)
        emit(
            WorldEvent(
                name: "GUILD_MEMBER_UPDATE", guildID: guildID, audience: .everyone, data: data,
                subject: member.userID))
    }

    mutating func kick(_ userID: Snowflake, from guildID: Snowflake, by actor: Actor) throws(APIError) {
        let guild = try guild(guildID, where: actor.id, has: [.kickMembers])
        guard guild.members[userID] != nil else { throw .unknownMember }
        try requireRank(of: actor.id, above: userID, in: guild)
        removeMember(userID, from: guildID)
        audit(.memberKick, in: guildID, by: actor, target: userID)
    }

    mutating func removeMember(_ userID: Snowflake, from guildID: Snowflake) {
        guard guilds[guildID]?.members[userID] != nil else { return }
        if guilds[guildID]?.voiceStates[userID] != nil { leaveVoice(userID, in: guildID) }
        guilds[guildID]?.members[userID] = nil
        emit(
            "GUILD_MEMBER_REMOVE", guild: guildID,
            ["guild_id": .id(guildID), "user": .object(wireUser(userID))])
    }

    /// Members without roles who have not spoken for that many days.
    func prunable(in guild: Guild, days: Int, alsoWith roles: [Snowflake]) -> [Snowflake] {
        let since = Snowflake(unixMilliseconds: now.milliseconds - Int64(days) * 86_400_000)
        var active: Set<Snowflake> = []
        for channel in guild.channels {
            for message in histories[channel]?.since(since) ?? [] { active.insert(message.author.id) }
        }
        return guild.members.values.filter { member in
            !active.contains(member.userID) && member.userID != guild.ownerID && users[member.userID]?.isBot == false
                && member.joinedAt < since.createdAt && member.roles.allSatisfy(roles.contains)
        }.map(\.userID).sorted()
    }

    mutating func prune(
        _ guildID: Snowflake, days: Int, alsoWith roles: [Snowflake], by actor: Actor
    ) throws(APIError) -> Int {
        let guild = try guild(guildID, where: actor.id, has: [.kickMembers, .manageGuild])
        let gone = prunable(in: guild, days: days, alsoWith: roles)
        for id in gone { removeMember(id, from: guildID) }
        audit(
            .memberPrune, in: guildID, by: actor, target: nil,
            options: [
                "delete_member_days": .string(String(days)), "members_removed": .string(String(gone.count)),
            ])
        return gone.count
    }
}
