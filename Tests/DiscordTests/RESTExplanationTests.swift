import Contracts
import Testing

@testable import Discord

@Suite(.timeLimit(.minutes(1)))
struct RESTExplanationTests {
    private let refusal = ScriptedHTTPServer.Reply.answer(403, #"{"message": "Missing Permissions", "code": 50013}"#)
    private let channel = ScriptedHTTPServer.Reply.answer(
        200,
        #"{"id": "7", "type": 0, "guild_id": "3", "permission_overwrites": [{"id": "4", "type": 0, "allow": "0", "#
            + #""deny": "8192"}]}"#)
    /// @everyone may see and send, the bot's role 4 manage messages and ban.
    private let guild = ScriptedHTTPServer.Reply.answer(
        200,
        #"{"id": "3", "owner_id": "1", "roles": [{"id": "3", "position": 0, "permissions": "3072"}, "#
            + #"{"id": "4", "position": 1, "permissions": "8196"}]}"#)
    private let me = ScriptedHTTPServer.Reply.answer(200, #"{"id": "9"}"#)
    private let member = ScriptedHTTPServer.Reply.answer(200, #"{"user": {"id": "9"}, "roles": ["4"]}"#)

    @Test func theMissingPermissionIsComputed() async throws {
        try await RESTFixture.run([refusal, channel, guild, me, member], explainsRefusals: true) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.deleteMessage(Snowflake(5), in: Snowflake(7))
            }
            #expect(error?.code == 50013)
            #expect(error?.missingPermissions == ["MANAGE_MESSAGES"], "the channel denies what the role allows")
            let wire = error?.wireError
            #expect(wire?.code == .missingPermission)
            #expect(wire?.message == "The bot lacks MANAGE_MESSAGES.")
            #expect(wire?.details["missing_permissions"] == "MANAGE_MESSAGES")
        }
    }

    @Test func withEveryPermissionItIsTheHierarchy() async throws {
        try await RESTFixture.run([refusal, guild, me, member], explainsRefusals: true) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.ban(Snowflake(5), from: Snowflake(3))
            }
            #expect(error?.missingPermissions == [])
            #expect(error?.wireError.message.contains("stands above it") == true)
        }
    }

    @Test func aFieldNeedsItsOwnPermission() async throws {
        try await RESTFixture.run([refusal, guild, me, member], explainsRefusals: true) { fixture in
            var change = ModifyMember()
            change.nick = .set("x")
            change.roles = []
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.modifyMember(Snowflake(5), of: Snowflake(3), change)
            }
            #expect(error?.missingPermissions == ["MANAGE_NICKNAMES", "MANAGE_ROLES"])
        }
    }

    @Test func aChannelThatTheBotCannotSeeNeedsNoReads() async throws {
        let hidden = ScriptedHTTPServer.Reply.answer(403, #"{"message": "Missing Access", "code": 50001}"#)
        try await RESTFixture.run([hidden], explainsRefusals: true) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.messages(in: Snowflake(7))
            }
            #expect(error?.missingPermissions == ["VIEW_CHANNEL"])
            #expect(fixture.server.requests.count == 1)
        }
    }

    @Test func withoutAnswersTheRefusalStays() async throws {
        let replies = [refusal] + [ScriptedHTTPServer.Reply](repeating: .answer(403, "{}"), count: 4)
        try await RESTFixture.run(replies, explainsRefusals: true) { fixture in
            let error = await fixture.error { () async throws(DiscordError) in
                try await fixture.rest.kick(Snowflake(5), from: Snowflake(3))
            }
            #expect(error?.code == 50013)
            #expect(error?.missingPermissions == nil)
        }
    }
}
