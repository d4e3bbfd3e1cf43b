import Contracts
import Discord

extension Exercise {
    func users() async throws {
        let me = try await rest.currentUser()
        try expect(try await rest.user(me.id).id == me.id, "the bot is a user")
        try expect(try await rest.ownGuilds().contains { $0.id == guild }, "the bot is in the guild")
        _ = try await rest.currentApplication()
        _ = try await rest.gatewayBot()
    }

    func roles() async throws {
        let role = try await rest.createRole(
            RoleRequest(name: "fresh", permissions: .viewChannel), in: guild, reason: reason)
        try expect(role.name == "fresh", "the role has its name")
        var request = RoleRequest(name: "renamed")
        request.colors = .init(0x123456)
        request.hoist = true
        let changed = try await rest.modifyRole(role.id, of: guild, request, reason: reason)
        try expect(changed.name == "renamed" && changed.hoist == true, "the role is changed")
        try expect(try await rest.role(role.id, of: guild).id == role.id, "the role can be read")
        _ = try await rest.moveRoles([NewPosition(role.id, 1)], of: guild, reason: reason)
        try expect(try await rest.roles(of: guild).contains { $0.id == role.id }, "the role is listed")
        let member = try member(0)
        try await rest.addRole(role.id, to: member, of: guild, reason: reason)
        try expect(
            try await rest.member(member, of: guild).roles?.contains(role.id) ?? false, "the member has it")
        try expect(try await rest.roleMemberCounts(of: guild)[role.id] == 1, "one member is counted")
        try await rest.removeRole(role.id, from: member, of: guild, reason: reason)
        try await rest.deleteRole(role.id, of: guild, reason: reason)
    }

    func members() async throws {
        let member = try member(0)
        try expect(try await rest.members(of: guild, limit: 2).count == 2, "a page has its length")
        let found = try await rest.member(member, of: guild)
        let prefix = String((found.user?.username ?? "").prefix(3))
        try expect(
            try await rest.searchMembers(of: guild, prefix: prefix).contains { $0.user?.id == member },
            "the search finds the member")
        var change = ModifyMember()
        change.nick = .set("Nick")
        try await rest.modifyMember(member, of: guild, change, reason: reason)
        try expect(try await rest.member(member, of: guild).nick == "Nick", "the nickname is set")
        change.nick = .clear
        try await rest.modifyMember(member, of: guild, change, reason: reason)
        try await rest.setOwnNick("Exercise", in: guild, reason: reason)
        try await rest.setOwnNick(nil, in: guild, reason: reason)
        try await expectRefusal([10007, 10013], "somebody else") { () async throws(DiscordError) in
            _ = try await rest.member(Snowflake(4242), of: guild)
        }
    }

    func moderation() async throws {
        let member = try member(0)
        let end = Timestamp(unixMilliseconds: Exercise.now + 3_600_000)
        try await rest.timeOut(member, of: guild, until: end, reason: reason)
        try expect(
            try await rest.member(member, of: guild).communicationDisabledUntil != nil, "the member is timed out")
        try await rest.timeOut(member, of: guild, until: nil, reason: reason)

        guard let last = world.members.last?.id, world.members.count >= 3 else {
            throw Failed(description: "the world needs three members")
        }
        let other = world.members[world.members.count - 2].id
        try await rest.ban(last, from: guild, deleteMessageSeconds: 60, reason: reason)
        try expect(try await rest.currentBan(of: last, from: guild) != nil, "the user is banned")
        try expect(try await rest.bans(of: guild).contains { $0.user?.id == last }, "the ban is listed")
        try await rest.unban(last, from: guild, reason: reason)
        try expect(try await rest.currentBan(of: last, from: guild) == nil, "the ban is lifted")
        let bulk = try await rest.ban([last, other], from: guild, reason: reason)
        try expect(Set(bulk.bannedUsers ?? []) == [last, other], "both are banned")
        for user in [last, other] { try await rest.unban(user, from: guild, reason: reason) }
        _ = try await rest.pruneCount(of: guild, days: 30)
        _ = try await rest.prune(guild, days: 30, reason: reason)
        let log = try await rest.auditLog(of: guild, actionType: 22, limit: 10)
        try expect(log.entries?.contains { $0.reason == reason?.text } ?? false, "the log has the ban's reason")
        if world.members.count > 3 {
            try await rest.kick(world.members[world.members.count - 3].id, from: guild, reason: reason)
        }
    }

    func autoModeration() async throws {
        var trigger = AutoModerationRequest.Trigger()
        trigger.keywordFilter = ["badword"]
        let rule = try await rest.createAutoModerationRule(
            AutoModerationRequest(
                name: "rule", triggerType: 1, trigger: trigger, actions: [.block(message: "no"), .alert(in: channel)]),
            in: guild, reason: reason)
        try expect(rule.triggerMetadata?.keywordFilter == ["badword"], "the rule has its words")
        var change = AutoModerationRequest(name: "renamed")
        change.enabled = true
        let changed = try await rest.modifyAutoModerationRule(rule.id, of: guild, change, reason: reason)
        try expect(changed.name == "renamed", "the rule is changed")
        _ = try await rest.autoModerationRule(rule.id, of: guild)
        try expect(try await rest.autoModerationRules(of: guild).contains { $0.id == rule.id }, "it is listed")
        try await rest.deleteAutoModerationRule(rule.id, of: guild, reason: reason)
    }

    func directMessages() async throws {
        let direct = try await rest.directChannel(with: try member(0))
        let again = try await rest.directChannel(with: try member(0))
        try expect(direct.id == again.id, "the channel stays the same")
        let message = try await post("hello", in: direct.id)
        try await rest.deleteMessage(message.id, in: direct.id)
    }
}
