import Contracts
import JSONCore
import Testing

@testable import Discord

@Suite struct ModelTests {
    @Test(arguments: [
        ("2026-01-31T12:00:00.123000+00:00", Int64(1_769_860_800_123)),
        ("2026-01-31T14:00:00+02:00", 1_769_860_800_000),
        ("2026-01-31T12:00:00Z", 1_769_860_800_000),
        ("1970-01-01T00:00:00.5Z", 500),
        ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
    ])
    func timestampsRead(text: String, expected: Int64) {
        #expect(Timestamp(text)?.unixMilliseconds == expected)
    }

    @Test(arguments: ["", "2026-01-31", "2026-13-01T00:00:00Z", "2026-01-31T25:00:00Z", "2026-01-31T12:00:00+0", "x"])
    func badTimestampsAreRefused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: [Int64(0), 999, 1_709_164_800_000, 1_709_251_199_999, 4_102_444_800_001, -1])
    func timestampsRoundTrip(milliseconds: Int64) {
        let time = Timestamp(unixMilliseconds: milliseconds)
        #expect(Timestamp(time.description) == time, "\(time)")
    }

    @Test func aGuildWithItsParts() throws {
        let json = #"""
            {"id": "10", "name": "G", "owner_id": "1", "large": false, "member_count": 3, "future": [1, 2],
             "roles": [{"id": "10", "name": "@everyone", "position": 0, "permissions": "1024", "colors": {}}],
             "channels": [{"id": "11", "type": 0, "name": "general", "permission_overwrites":
               [{"id": "10", "type": 0, "allow": "0", "deny": "2048"}]}, {"id": "12", "type": 77}],
             "threads": [{"id": "13", "type": 11, "parent_id": "11", "thread_metadata": {"archived": false}}],
             "members": [{"user": {"id": "1", "username": "ann"}, "roles": [], "joined_at": null}]}
            """#
        let guild = try DiscordJSON.decode(Guild.self, from: json.utf8)
        #expect(guild.roles?.first?.permissions == .viewChannel)
        #expect(guild.channels?.first?.permissionOverwrites?.first?.deny == .sendMessages)
        #expect(guild.channels?.last?.type?.name == "unknown (77)")
        #expect(guild.threads?.first?.type?.isThread == true)
        #expect(guild.members?.first?.user?.displayName == "ann")
    }

    @Test func aMessageKeepsItsEmbeds() throws {
        let json = #"""
            {"id": "2", "channel_id": "1", "guild_id": "3", "author": {"id": "4", "username": "u", "bot": true},
             "content": "hi", "timestamp": "2026-01-31T12:00:00.123000+00:00", "edited_timestamp": null, "type": 19,
             "embeds": [{"title": "T", "color": 9007199254740993, "ratio": 0.5, "inline": true, "none": null}],
             "attachments": [{"id": "9", "filename": "a.png", "size": 3, "content_type": "image/png"}],
             "referenced_message": {"id": "1", "channel_id": "1", "type": 0, "content": "before"}, "pinned": true,
             "message_reference": {"message_id": "1", "type": 0}, "nonce": 12, "mention_roles": ["5"],
             "reactions": [{"count": 2, "emoji": {"id": null, "name": "🔥"}}]}
            """#
        let message = try DiscordJSON.decode(Message.self, from: json.utf8)
        let embed = try #require(message.embeds?.first)
        let text = String(decoding: try DiscordJSON.encode(embed), as: UTF8.self)
        #expect(text == #"{"color":9007199254740993,"inline":true,"none":null,"ratio":0.5,"title":"T"}"#)
        #expect(message.type == .reply)
        #expect(message.referencedMessage?.content == "before")
        #expect(message.attachments?.first?.contentType == "image/png")
        #expect(message.timestamp?.unixMilliseconds == 1_769_860_800_123)
        #expect(message.reactions?.first?.emoji?.name == "🔥")
    }

    @Test func overwriteKindsReadInEveryForm() throws {
        let json = #"[{"id":"1","type":1},{"id":"1","type":"member"},{"id":"1","type":"role"},{"id":"1","type":7}]"#
        let overwrites = try DiscordJSON.decode([PermissionOverwrite].self, from: json.utf8)
        #expect(overwrites.map(\.type.rawValue) == [1, 1, 0, 7])
    }

    @Test func onlyIdsAreNeeded() throws {
        _ = try DiscordJSON.decode(Message.self, from: #"{"id": "2", "channel_id": "1"}"#.utf8)
        _ = try DiscordJSON.decode(Guild.self, from: #"{"id": "2"}"#.utf8)
        _ = try DiscordJSON.decode(Channel.self, from: #"{"id": "2"}"#.utf8)
        _ = try DiscordJSON.decode(Role.self, from: #"{"id": "2"}"#.utf8)
        _ = try DiscordJSON.decode(Member.self, from: "{}".utf8)
        #expect(throws: DecodingError.self) { try DiscordJSON.decode(Guild.self, from: "{}".utf8) }
    }

    @Test func eventsRead() throws {
        let update = try DiscordJSON.decode(
            GuildMemberEvent.self,
            from: #"{"guild_id": "3", "user": {"id": "4"}, "roles": ["5"], "nick": "n"}"#.utf8)
        #expect(update.guildID == Snowflake(3))
        #expect(update.member.roles == [Snowflake(5)])
        let bulk = try JSONCursor.read(Array(#"{"ids": ["1", "2"], "channel_id": "7"}"#.utf8)) {
            try MessagesDeletedEvent(json: &$0)
        }
        #expect(bulk.ids == [Snowflake(1), Snowflake(2)])
        let removed = try DiscordJSON.decode(UnavailableGuild.self, from: #"{"id": "3"}"#.utf8)
        #expect(removed.unavailable == nil)
        let flags = try DiscordJSON.decode(PartialApplication.self, from: #"{"id": "1", "flags": 524288}"#.utf8)
        #expect(flags.flags?.seesMessageContent == true)
    }
}
