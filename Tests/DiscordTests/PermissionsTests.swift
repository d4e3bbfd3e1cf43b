import Contracts
import Testing

@testable import Discord

@Suite struct PermissionsTests {
    private static let guild = Snowflake(100)
    private static let owner = Snowflake(1)
    private static let roles = [
        Role(id: guild, name: "@everyone", position: 0, permissions: [.viewChannel, .sendMessages, .embedLinks]),
        Role(id: Snowflake(201), position: 1, permissions: [.manageMessages]),
        Role(id: Snowflake(202), position: 1, permissions: [.kickMembers]),
        Role(id: Snowflake(203), position: 5, permissions: [.administrator]),
    ]
    private let rights = GuildRights(guildID: guild, ownerID: owner, roles: roles)

    private func member(_ roles: [UInt64], id: UInt64 = 7, timedOut: Bool = false) -> GuildRights.Standing {
        GuildRights.Standing(userID: Snowflake(id), roleIDs: roles.map { Snowflake($0) }, isTimedOut: timedOut)
    }

    private func place(_ overwrites: [PermissionOverwrite], _ type: ChannelType = .text) -> GuildRights.Place {
        GuildRights.Place(type: type, overwrites: overwrites)
    }

    private func role(_ id: UInt64, allow: Permissions = [], deny: Permissions = []) -> PermissionOverwrite {
        PermissionOverwrite(id: Snowflake(id), type: .role, allow: allow, deny: deny)
    }

    @Test func guildPermissionsAreTheUnionOfRoles() {
        #expect(rights.permissions(of: member([])) == [.viewChannel, .sendMessages, .embedLinks])
        #expect(rights.permissions(of: member([201, 202])).isSuperset(of: [.manageMessages, .kickMembers]))
        #expect(rights.permissions(of: member([203])) == .all)
        #expect(rights.permissions(of: member([], id: 1)) == .all)
        #expect(rights.permissions(of: member([999])) == rights.permissions(of: member([])), "unknown role")
    }

    @Test func overwritesApplyInDiscordsOrder() {
        let everyoneDenied = role(100, deny: .sendMessages)
        #expect(!rights.permissions(of: member([201]), in: place([everyoneDenied])).contains(.sendMessages))
        let roleAllows = role(201, allow: .sendMessages)
        #expect(rights.permissions(of: member([201]), in: place([roleAllows, everyoneDenied])).contains(.sendMessages))
        let otherDenies = role(202, deny: .sendMessages)
        #expect(
            rights.permissions(of: member([201, 202]), in: place([otherDenies, roleAllows])).contains(.sendMessages),
            "among roles an allow wins over a deny")
        let memberDenied = PermissionOverwrite(id: Snowflake(7), type: .member, deny: .sendMessages)
        #expect(!rights.permissions(of: member([201]), in: place([memberDenied, roleAllows])).contains(.sendMessages))
        #expect(rights.permissions(of: member([203]), in: place([memberDenied])) == .all, "administrator")
        let stranger = PermissionOverwrite(id: Snowflake(8), type: .member, deny: .sendMessages)
        #expect(rights.permissions(of: member([]), in: place([stranger])).contains(.sendMessages))
    }

    @Test func missingViewOrSendDeniesTheRest() {
        #expect(rights.permissions(of: member([201]), in: place([role(100, deny: .viewChannel)])) == [])
        let silent = rights.permissions(of: member([]), in: place([role(100, deny: .sendMessages)]))
        #expect(silent == [.viewChannel])
    }

    @Test func aVoiceChannelNeedsConnect() {
        let voice = place([role(100, allow: [.speak, .manageChannels])], .voice)
        #expect(rights.permissions(of: member([]), in: voice).isDisjoint(with: [.speak, .manageChannels]))
        let connected = place([role(100, allow: [.speak, .connect])], .voice)
        #expect(rights.permissions(of: member([]), in: connected).contains(.speak))
    }

    @Test func threadsAskForTheirOwnPermission() {
        let thread = place([role(100, allow: .sendMessagesInThreads, deny: .sendMessages)], .publicThread)
        let result = rights.permissions(of: member([]), in: thread)
        #expect(result.contains(.toSend(inThread: true)))
        #expect(result.contains(.embedLinks))
        #expect(!result.contains(.sendMessages))
        let closed = rights.permissions(of: member([]), in: place([], .publicThread))
        #expect(!closed.contains(.embedLinks), "may not write into threads")
    }

    @Test func aTimedOutMemberMayOnlyRead() {
        let open = place([role(100, allow: .readMessageHistory)])
        #expect(rights.permissions(of: member([201], timedOut: true), in: open) == [.viewChannel, .readMessageHistory])
        #expect(rights.permissions(of: member([201], timedOut: true)) == [.viewChannel])
        #expect(rights.permissions(of: member([203], timedOut: true), in: open) == .all)
    }

    @Test(arguments: [
        ([UInt64(203)], UInt64(7), [UInt64(201)], UInt64(8), true),
        ([201], 7, [203], 8, false),
        // Equal position: the lower id is higher.
        ([201], 7, [202], 8, true),
        ([202], 7, [201], 8, false),
        ([201], 7, [201], 8, false),
        ([203], 7, [], 1, false),
        ([], 1, [203], 8, true),
        ([203], 7, [], 7, false),
        ([201], 7, [], 8, true),
    ])
    func hierarchy(actor: [UInt64], actorID: UInt64, target: [UInt64], targetID: UInt64, allowed: Bool) {
        #expect(rights.canAct(member(actor, id: actorID), on: member(target, id: targetID)) == allowed)
    }

    @Test func roleManagement() {
        #expect(rights.canManage(member([203]), role: Snowflake(201)))
        #expect(!rights.canManage(member([201]), role: Snowflake(201)))
        #expect(rights.canManage(member([], id: 1), role: Snowflake(203)))
    }

    @Test func namesAreDiscords() throws {
        #expect(([.banMembers, .moderateMembers] as Permissions).names == ["BAN_MEMBERS", "MODERATE_MEMBERS"])
        #expect(Permissions(name: "PIN_MESSAGES") == .pinMessages)
        #expect(Permissions(name: "NOPE") == nil)
        #expect(Set(Permissions.named.map(\.permission.rawValue)).count == 52)
        #expect(Permissions.named.allSatisfy { $0.permission.rawValue.nonzeroBitCount == 1 })
        #expect(Permissions.bypassSlowmode.rawValue == 1 << 52)
        let decoded = try DiscordJSON.decode([Permissions].self, from: #"["4503599627370498", 2]"#.utf8)
        #expect(decoded == [[.bypassSlowmode, .kickMembers], .kickMembers])
        let encoded = try DiscordJSON.encode([Permissions.bypassSlowmode])
        #expect(encoded == Array(#"["4503599627370496"]"#.utf8))
    }
}
