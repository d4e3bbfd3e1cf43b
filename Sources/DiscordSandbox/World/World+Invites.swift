import Contracts

extension World {
    struct InvitePlan: Equatable, Sendable {
        var maxAge = 86_400
        var maxUses = 0
        var isTemporary = false
        var isUnique = false
        var roleIDs: [Snowflake] = []
        var targetUserIDs: [Snowflake]?
    }

    /// Source: <https://discord.com/developers/docs/resources/channel#create-channel-invite>
    mutating func createInvite(
        _ plan: InvitePlan, code: String, to channelID: Snowflake, by actor: Actor
    ) throws(APIError) -> Invite {
        let channel = try guildChannel(channelID, where: actor.id, has: .createInvite)
        guard channel.kind != .category, !channel.kind.isThread, let guild = guilds[channel.guildID] else {
            throw .wrongChannelType
        }
        if let until = guild.incidents.invitesDisabledUntil, until > now { throw .invitesDisabled }
        if !plan.roleIDs.isEmpty {
            guard guildPermissions(of: actor.id, in: guild).contains(.manageRoles) else { throw .missingPermissions }
            for id in plan.roleIDs {
                guard let role = guild.roles[id] else { throw .unknownRole }
                try requireRank(of: actor.id, above: role, in: guild)
            }
        }
        // Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json> (30016)
        guard guild.invites.count < 1000 else { throw .limit(30016, "invites", 1000) }
        if !plan.isUnique,
            let same = guild.invites.values.first(where: {
                $0.channelID == channelID && $0.inviterID == actor.id && $0.maxAge == plan.maxAge
                    && $0.maxUses == plan.maxUses && $0.isTemporary == plan.isTemporary && isValid($0)
                    && $0.roleIDs == plan.roleIDs
            })
        {
            return same
        }
        let invite = Invite(
            code: code, guildID: guild.id, channelID: channelID, inviterID: actor.id, createdAt: now,
            maxAge: plan.maxAge, maxUses: plan.maxUses, isTemporary: plan.isTemporary, roleIDs: plan.roleIDs,
            targetUserIDs: plan.targetUserIDs)
        guilds[guild.id]?.invites[code] = invite
        emit(
            "INVITE_CREATE", guild: guild.id, to: .holders(of: .manageChannels),
            [
                "channel_id": .id(channelID), "code": .string(code), "created_at": .time(now),
                "guild_id": .id(guild.id), "inviter": .object(wireUser(actor.id)), "max_age": .int(plan.maxAge),
                "max_uses": .int(plan.maxUses), "temporary": .bool(plan.isTemporary), "uses": 0,
                "expires_at": .time(invite.expiresAt), "role_ids": .ids(plan.roleIDs),
            ])
        audit(
            .inviteCreate, in: guild.id, by: actor, target: nil, channel: channelID,
            changes: [
                .init(key: "code", old: nil, new: .string(code)),
                .init(key: "channel_id", old: nil, new: .id(channelID)),
                .init(key: "max_age", old: nil, new: .int(plan.maxAge)),
            ])
        return invite
    }

    func isValid(_ invite: Invite) -> Bool {
        invite.expiresAt.map { $0 > now } ?? true && (invite.maxUses == 0 || invite.uses < invite.maxUses)
    }

    func invite(_ code: String) throws(APIError) -> Invite {
        guard let invite = guilds.values.lazy.compactMap({ $0.invites[code] }).first, isValid(invite) else {
            throw .unknownInvite
        }
        return invite
    }

    mutating func deleteInvite(_ code: String, by actor: Actor) throws(APIError) -> Invite {
        let invite = try invite(code)
        guard let guild = guilds[invite.guildID], let channel = channels[invite.channelID] else { throw .unknownInvite }
        guard guild.members[actor.id] != nil else { throw .missingAccess }
        let mayDelete =
            permissions(of: actor.id, in: channel).contains(.manageChannels)
            || guildPermissions(of: actor.id, in: guild).contains(.manageGuild)
        guard mayDelete else { throw .missingPermissions }
        guilds[guild.id]?.invites[code] = nil
        emit(
            "INVITE_DELETE", guild: guild.id, to: .holders(of: .manageChannels),
            ["channel_id": .id(channel.id), "guild_id": .id(guild.id), "code": .string(code)])
        audit(
            .inviteDelete, in: guild.id, by: actor, target: nil, channel: channel.id,
            changes: [.init(key: "code", old: .string(code), new: nil)])
        return invite
    }

    /// - Parameter withUse: what only those who manage channels or the guild are told.
    func wire(_ invite: Invite, withUse: Bool, withCounts: Bool = false) -> JSONObject {
        let guild = guilds[invite.guildID]
        let channel = channels[invite.channelID]
        let whole = guild.map { wire($0) } ?? [:]
        var home: JSONObject = ["id": .id(invite.guildID)]
        for name in [
            "name", "splash", "banner", "description", "icon", "features", "verification_level", "vanity_url_code",
            "nsfw_level", "nsfw", "premium_subscription_count",
        ] { home[name] = whole[name] ?? .null }
        var object: JSONObject = [
            "type": 0, "code": .string(invite.code), "guild_id": .id(invite.guildID), "guild": .object(home),
            "channel": [
                "id": .id(invite.channelID), "type": .int(channel?.kind.rawValue ?? 0), "name": .text(channel?.name),
            ],
            "inviter": .object(wireUser(invite.inviterID)), "expires_at": .time(invite.expiresAt), "flags": 0,
        ]
        if withUse {
            object["uses"] = .int(invite.uses)
            object["max_uses"] = .int(invite.maxUses)
            object["max_age"] = .int(invite.maxAge)
            object["temporary"] = .bool(invite.isTemporary)
            object["created_at"] = .time(invite.createdAt)
        }
        if !invite.roleIDs.isEmpty {
            object["roles"] = .array(
                invite.roleIDs.compactMap { guild?.roles[$0] }.map { role in
                    let whole = wire(role)
                    var part: JSONObject = [:]
                    for name in ["id", "name", "position", "color", "colors", "icon", "unicode_emoji"] {
                        part[name] = whole[name]
                    }
                    return .object(part)
                })
        }
        if withCounts {
            object["approximate_member_count"] = .int(guild?.members.count ?? 0)
            object["approximate_presence_count"] = .int((guild?.members.count ?? 0) / 2)
        }
        return object
    }
}
