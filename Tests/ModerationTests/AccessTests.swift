import Contracts
import TestSupport
import Testing

@testable import Moderation

/// A front door that lies gains nothing: the executor asks for itself.
@Suite(.timeLimit(.minutes(1))) struct AccessTests {
    private func refusal(
        of command: WireCommand,
        grants: [AccessGrant]? = [World.grant],
        ceiling: OperatorCeiling = OperatorCeiling(),
        context: WireModerationContext = World.context()
    ) async throws -> WireErrorCode {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture(directory: directory, ceiling: ceiling)
            await fixture.grants.set(grants)
            await fixture.guilds.set(context)
            let answer = await fixture.service.perform(World.request(command))
            #expect(answer.reply.answer == WireToolAnswer())
            #expect(await fixture.discord.state.changes.isEmpty)
            #expect(await !fixture.journal.kinds().contains(.intent))
            // Only what may pass by itself leaves nothing.
            let kinds = await fixture.journal.kinds()
            #expect(kinds == (answer.reply.error.code == .unavailable ? [] : [.denied]))
            return answer.reply.error.code
        }
    }

    private func grant(_ change: (inout AccessGrant) -> Void) -> [AccessGrant] {
        var grant = World.grant
        change(&grant)
        return [grant]
    }

    @Test func unknownOrRevokedKey() async throws {
        #expect(try await refusal(of: World.send(), grants: []) == .unauthenticated)
    }

    @Test func redisAwayRefusesEveryChange() async throws {
        for command in World.everyCommand.map(\.command) {
            #expect(try await refusal(of: command, grants: nil) == .unavailable)
        }
    }

    @Test func keyOfAnotherTenant() async throws {
        #expect(try await refusal(of: World.send(), grants: grant { $0.tenant = "other" }) == .unauthenticated)
    }

    @Test func levelTooLow() async throws {
        #expect(try await refusal(of: World.send(), grants: grant { $0.level = .readOnly }) == .accessDenied)
        for command in World.everyCommand.dropFirst().map(\.command) {
            #expect(try await refusal(of: command, grants: grant { $0.level = .readWrite }) == .accessDenied)
        }
    }

    @Test func whatTheBotMayNotDoLeavesARecordToo() async throws {
        let powerless = World.context(botPermissions: [])
        for command in World.everyCommand.map(\.command) {
            #expect(try await refusal(of: command, context: powerless) == .missingPermission)
        }
        #expect(try await refusal(of: World.send("")) == .invalidArgument)
    }

    @Test func expiredKey() async throws {
        #expect(try await refusal(of: World.send(), grants: grant { $0.expiresAt = World.now }) == .accessDenied)
    }

    @Test func operatorCeiling() async throws {
        #expect(try await refusal(of: World.send(), ceiling: OperatorCeiling(readOnly: true)) == .accessDenied)
        let ceiling = OperatorCeiling(toolsets: .only(["messages"]))
        #expect(try await refusal(of: World.moderate(.banUser), ceiling: ceiling) == .accessDenied)
    }

    @Test func otherGuildOrChannel() async throws {
        let guilds = grant { $0.guilds = .only([Snowflake(World.otherGuild)]) }
        for command in World.everyCommand.map(\.command) {
            #expect(try await refusal(of: command, grants: guilds) == .accessDenied)
        }
        let channels = grant { $0.channels = .only([Snowflake(World.otherChannel)]) }
        for command in World.everyCommand.map(\.command) {
            #expect(try await refusal(of: command, grants: channels) == .accessDenied)
        }
    }

    @Test func keyForAChannelDoesNotBanFromTheGuild() async throws {
        // Naming a channel of the key does not help: the action is on the guild.
        let command = World.moderate(.banUser) { $0.channelID = World.channel }
        let grants = grant { $0.channels = .only([Snowflake(World.channel)]) }
        #expect(try await refusal(of: command, grants: grants) == .accessDenied)
    }

    @Test func channelOfAnotherGuild() async throws {
        let context = World.context { $0.channel.guildID = World.otherGuild }
        for command in World.everyCommand.map(\.command) where command.moderateContent.channelID != 0 {
            #expect(try await refusal(of: command, context: context) == .accessDenied)
        }
    }

    @Test func contextOfAnotherGuildOrChannelIsNotUsed() async throws {
        let guild = World.context { $0.guildID = World.otherGuild }
        #expect(try await refusal(of: World.moderate(.banUser), context: guild) == .unavailable)
        let channel = World.context { $0.channel.id = World.otherChannel }
        #expect(try await refusal(of: World.send(), context: channel) == .notFound)
        let direct = World.context { $0.channel.guildID = 0 }
        #expect(try await refusal(of: World.send(), context: direct) == .invalidArgument)
    }

    @Test func toolAndBodyMustFit() async throws {
        var command = World.moderate(.banUser)
        command.tool = "send_message"
        #expect(try await refusal(of: command) == .invalidArgument)
    }

    @Test func storedAnswerIsNotShownToAKeyThatLostAccess() async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture(directory: directory)
            _ = await fixture.service.perform(World.request(World.send()))
            await fixture.grants.set(grant { $0.guilds = .only([Snowflake(World.otherGuild)]) })
            let answer = await fixture.service.perform(World.request(World.send()))
            #expect(answer.reply.error.code == .accessDenied)
            #expect(answer.attachment == nil)
        }
    }
}
