import Archive
import Contracts
import TestSupport
import Testing

@testable import Discord
@testable import Gateway
@testable import Ingestion

@Suite(.timeLimit(.minutes(1))) struct IngestionTests {
    @Test func dispatchesBecomeArchiveAndEvents() async throws {
        try await withGateway { gateway in
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(),
                Dispatches.message(1, "first", sequence: 3), Dispatches.message(2, "second", sequence: 4),
                Dispatches.message(
                    1, "edited", sequence: 5, name: "MESSAGE_UPDATE",
                    extra: #","edited_timestamp":"2026-11-22T12:01:00.000000+00:00""#),
                Dispatches.make(
                    "MESSAGE_DELETE", 6,
                    #"{"id":"\#(messageID(2))","channel_id":"\#(Guild1.general)","guild_id":"\#(Guild1.id)"}"#),
            ])
            let page = try await gateway.archive.messages(in: Guild1.general, page: MessagePage(limit: 10))
            #expect(page.isComplete && page.messages.map(\.content) == ["edited"])
            #expect(try await gateway.archive.session(shard: 0)?.sequence == 6)
            #expect(try await gateway.archive.identity()?.name == "helper")
            await gateway.ingestion.waitForSession()

            var types: [String] = []
            for await event in gateway.events {
                types.append(event.type)
                if event.type == "MESSAGE_DELETE" {
                    #expect(event.messageID == messageID(2).rawValue && event.guildID == Guild1.id.rawValue)
                    break
                }
            }
            #expect(types == ["GUILD_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"])
        }
    }

    @Test(arguments: [
        ("{}", 2), ("[]", 2), ("null", 2), ("not json", 2), ("", 2), (#"{"id":"x","channel_id":"1"}"#, 2),
        // A channel without a guild: nothing to do, and nothing wrong.
        (#"{"id":12}"#, 1),
    ])
    func whatCannotBeReadIsSurvived(_ json: String, _ malformed: UInt64) async throws {
        try await withGateway { gateway in
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(), Dispatches.make("MESSAGE_CREATE", 3, json),
                Dispatches.make("CHANNEL_UPDATE", 4, json), Dispatches.make("A_NEW_EVENT", 5, json),
                Dispatches.message(1, "after it", sequence: 6),
            ])
            #expect(gateway.ingestion.progress.malformed == malformed)
            let page = try await gateway.archive.messages(in: Guild1.general, page: MessagePage(limit: 10))
            #expect(page.messages.map(\.content) == ["after it"])
            #expect(try await gateway.archive.session(shard: 0)?.sequence == 6)
        }
    }

    @Test func reactionsBansAndRepetitions() async throws {
        try await withGateway { gateway in
            func reaction(_ name: String, _ sequence: Int) -> GatewayDispatch {
                Dispatches.make(
                    name, sequence,
                    #"""
                    {"user_id":"\#(Guild1.ada)","message_id":"\#(messageID(1))","channel_id":"\#(Guild1.general)",
                     "guild_id":"\#(Guild1.id)","emoji":{"id":null,"name":"🔥"},"burst":false,"type":0}
                    """#)
            }
            let ada = #"{"guild_id":"\#(Guild1.id)","user":{"id":"\#(Guild1.ada)","username":"ada"}}"#
            let removed = Dispatches.make("GUILD_MEMBER_REMOVE", 6, ada)
            let entry = #"""
                {"id":"9","guild_id":"\#(Guild1.id)","action_type":22,"target_id":"\#(Guild1.ada)",
                 "user_id":"\#(Guild1.owner)","reason":"spam"}
                """#
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(), Dispatches.message(1, "first", sequence: 3),
                reaction("MESSAGE_REACTION_ADD", 4), Dispatches.make("GUILD_BAN_ADD", 5, ada), removed,
                // Not subtracted twice, though nothing about a member says that it was counted.
                removed, Dispatches.make("GUILD_AUDIT_LOG_ENTRY_CREATE", 7, entry),
            ])
            try await gateway.ingestion.apply([removed])
            #expect(gateway.ingestion.progress.repeated == 2)
            #expect(try await gateway.archive.guild(Guild1.id)?.guild.memberCount == 2)
            let reactions = try await gateway.archive.reactions(of: [messageID(1)])
            #expect(reactions[messageID(1)]?.map(\.count) == [1])
            let ban = try #require(try await gateway.archive.knownBans(guild: Guild1.id).first)
            #expect(ban.userID == Guild1.ada && ban.moderatorID == Guild1.owner && ban.reason == "spam")
            try await gateway.ingestion.apply([
                reaction("MESSAGE_REACTION_REMOVE", 8), Dispatches.make("GUILD_BAN_REMOVE", 9, ada),
            ])
            #expect(try await gateway.archive.reactions(of: [messageID(1)]).isEmpty)
            #expect(try await gateway.archive.knownBans(guild: Guild1.id).isEmpty)
        }
    }

    @Test func aRestartGoesOnWhereTheArchiveStands() async throws {
        try await withTemporaryDirectory { directory in
            let first = try await GatewayFixture(directory: directory)
            try await first.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(), Dispatches.message(1, "before", sequence: 3),
            ])
            // Killed: nothing is closed. The resumed session replays what came after the stored sequence.
            let second = try await GatewayFixture(directory: directory)
            let stored = try #require(try await second.archive.session(shard: 0))
            #expect(GatewaySession(stored).sequence == 3)
            try await second.ingestion.apply([
                Dispatches.message(2, "while away", sequence: 4), Dispatches.make("RESUMED", 5, "{}"),
            ])
            await second.ingestion.waitForSession()
            let page = try await second.archive.messages(in: Guild1.general, page: MessagePage(limit: 10))
            #expect(page.isComplete && page.messages.map(\.content) == ["while away", "before"])
            try second.archive.close()
            try first.archive.close()
        }
    }

    @Test(arguments: [
        (nil, true), ("wss://resume.example", true), ("wss://resume.example/", true),
        ("wss://resume.example/?v=10", true), ("ws://127.0.0.1:4000", false), ("wss://resume.example:444", false),
    ])
    func aSessionOfAnotherServerIsNotResumed(_ address: String?, _ isResumed: Bool) {
        #expect(Dispatches.ready().position.isAt(address) == isResumed)
    }

    @Test func losingSightOfAChannelEndsItsCoverage() async throws {
        try await withGateway { gateway in
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(), Dispatches.message(1, "seen", sequence: 3),
                Dispatches.make(
                    "GUILD_ROLE_UPDATE", 4,
                    #"""
                    {"guild_id":"\#(Guild1.id)",
                     "role":{"id":"\#(Guild1.id)","name":"@everyone","position":0,"permissions":"0"}}
                    """#),
                Dispatches.make(
                    "GUILD_ROLE_UPDATE", 5,
                    #"""
                    {"guild_id":"\#(Guild1.id)",
                     "role":{"id":"\#(Guild1.id)","name":"@everyone","position":0,"permissions":"66560"}}
                    """#),
                Dispatches.message(5, "seen again", sequence: 6),
            ])
            let page = try await gateway.archive.messages(in: Guild1.general, page: MessagePage(limit: 2))
            #expect(!page.isComplete, "what was written in between is unknown")
        }
    }

    @Test func aChannelThatTheBotCannotSeeIsNeverCovered() async throws {
        try await withGateway { gateway in
            try await gateway.ingestion.apply([Dispatches.ready(), Dispatches.guildCreate()])
            let hidden = try await gateway.archive.messages(in: Guild1.secret, page: MessagePage(limit: 2))
            #expect(!hidden.isComplete)
            let seen = try await gateway.archive.messages(in: Guild1.thread, page: MessagePage(limit: 2))
            #expect(seen.isComplete, "a thread is seen as its channel is")
        }
    }

    @Test func channelsAndMembersFollowTheirEvents() async throws {
        try await withGateway { gateway in
            let ada = #"{"id":"\#(Guild1.ada)","username":"ada"}"#
            try await gateway.ingestion.apply([
                Dispatches.ready(), Dispatches.guildCreate(),
                Dispatches.make(
                    "CHANNEL_CREATE", 3, #"{"id":"1000050","guild_id":"\#(Guild1.id)","type":0,"name":"new"}"#),
                Dispatches.make("CHANNEL_DELETE", 4, #"{"id":"\#(Guild1.mute)","guild_id":"\#(Guild1.id)","type":0}"#),
                Dispatches.make(
                    "GUILD_MEMBER_ADD", 5,
                    #"{"guild_id":"\#(Guild1.id)","user":\#(ada),"roles":["\#(Guild1.botRole)"]}"#),
            ])
            #expect(try await gateway.archive.channel(Snowflake(1_000_050))?.name == "new")
            #expect(try await gateway.archive.channel(Guild1.mute) == nil)
            #expect(try await gateway.archive.member(guild: Guild1.id, user: Guild1.ada)?.roleIDs == [Guild1.botRole])
            #expect(try await gateway.archive.guild(Guild1.id)?.guild.memberCount == 4)
            try await gateway.ingestion.apply([
                Dispatches.make("GUILD_MEMBER_REMOVE", 6, #"{"guild_id":"\#(Guild1.id)","user":\#(ada)}"#),
                Dispatches.make("GUILD_DELETE", 7, #"{"id":"\#(Guild1.id)","unavailable":true}"#),
            ])
            #expect(try await gateway.archive.member(guild: Guild1.id, user: Guild1.ada) == nil)
            #expect(try await gateway.archive.guild(Guild1.id)?.guild.isUnavailable == true)
        }
    }
}
