import Contracts
import Testing

@testable import DiscordSandbox

@Suite struct MessageTests {
    let seeded = SeededWorld(seed: 1, now: noon)
    var general: Snowflake { seeded.channel("general") }

    @Test func anEnforcedNonceGivesTheFirstMessageAgainUntilItIsForgotten() throws {
        var world = seeded.world
        let draft = MessageDraft(content: "once", nonce: "n-1", enforcesNonce: true)
        let first = try world.createMessage(draft, in: general, by: .user(seeded.botID))
        let again = try world.createMessage(draft, in: general, by: .user(seeded.botID))
        #expect(again == first)
        #expect(world.effects.byNonce == ["n-1": 1])
        world.advance(to: noon + World.nonceMemory)
        #expect(try world.createMessage(draft, in: general, by: .user(seeded.botID)).id != first.id)
        #expect(world.effects.byKind["message.create"] == 2)
    }

    @Test func mentionsAreWhatTheAuthorAllowed() throws {
        var world = seeded.world
        let ada = seeded.user("ada")
        let role = seeded.role("Moderator")
        func mentions(_ allowed: AllowedMentions?, by author: Snowflake) throws -> Message.Mentions {
            let draft = MessageDraft(content: "@everyone <@\(ada)> <@&\(role)>", allowedMentions: allowed)
            return try world.createMessage(draft, in: general, by: .user(author)).mentions
        }
        #expect(try mentions(nil, by: seeded.botID) == .init(users: [ada], roles: [role], everyone: true))
        #expect(try mentions(AllowedMentions(), by: seeded.botID) == .init())
        #expect(try mentions(AllowedMentions(users: [ada]), by: seeded.botID) == .init(users: [ada]))
        #expect(try mentions(nil, by: seeded.user("linus")) == .init(users: [ada]))
    }

    @Test("Pages are exclusive, newest first, and follow each other") func pages() throws {
        let all = try #require(seeded.world.histories[general]).since(.none).map(\.id)
        func page(_ anchor: MessagePage.Anchor) throws -> [Snowflake] {
            try seeded.world.listMessages(in: general, by: seeded.botID, page: .init(anchor: anchor, limit: 10)).map(
                \.id)
        }
        #expect(try page(.newest) == all.suffix(10).reversed())
        #expect(try page(.before(all[30])) == all[20..<30].reversed())
        #expect(try page(.after(all[30])) == all[31..<41].reversed())
        #expect(try page(.around(all[30])).contains(all[30]))
        #expect(try page(.around(all[30])).count == 10)
    }

    @Test func bulkDeleteRefusesOldMessagesAndDeletesNone() throws {
        var world = seeded.world
        let all = try #require(world.histories[general]).since(.none).map(\.id)
        let pair = [all[0], all[all.count - 1]]
        #expect(
            failure { () throws(APIError) in
                try world.bulkDelete(pair, in: general, by: .init("bot", in: seeded))
            } == .bulkTooOld)
        #expect(world.histories[general]?.count == all.count)
        try world.bulkDelete(all.suffix(2), in: general, by: .init("bot", in: seeded, reason: "tidy"))
        #expect(world.histories[general]?.count == all.count - 2)
        #expect(world.takeEvents().map(\.name) == ["MESSAGE_DELETE_BULK", "GUILD_AUDIT_LOG_ENTRY_CREATE"])
        #expect(world.effects.byReason == ["tidy": 1])
    }

    @Test func aBanTakesTheMemberAndItsFreshMessages() throws {
        var world = seeded.world
        let ada = seeded.user("ada")
        _ = try world.say("spam", as: ada, in: general)
        _ = world.takeEvents()
        try world.ban(ada, in: seeded.guildID, by: .init("bot", in: seeded, reason: "spam"), deletingSeconds: 60)
        #expect(
            world.takeEvents().map(\.name) == [
                "GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD", "GUILD_AUDIT_LOG_ENTRY_CREATE", "MESSAGE_DELETE_BULK",
            ])
        #expect(failure { () throws(APIError) in try world.join(ada, seeded.guildID) }?.code == 40007)
        try world.unban(ada, in: seeded.guildID, by: .init("bot", in: seeded))
        try world.join(ada, seeded.guildID)
        #expect(world.effects.byKind["ban.add"] == 1)
        #expect(world.guilds[seeded.guildID]?.auditLog.last?.action == .memberBanRemove)
    }
}
