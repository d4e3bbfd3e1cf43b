import Contracts
import HTTPTypes
import MCP
import Testing

@testable import Tools

/// Every tool with every level, and with keys for another guild and another channel.
@Suite(.timeLimit(.minutes(1)))
struct AccessTests {
    static let calls: [(tool: ToolAccess, arguments: String)] = [
        (.getChannelInfo, #"{"channel_id":"101"}"#),
        (.getMessages, #"{"channel_id":"101"}"#),
        (.searchMessages, #"{"query":"x","channel_id":"101"}"#),
        (.sendMessage, #"{"channel_id":"101","content":"x"}"#),
        (.moderateContent, #"{"action":"delete_message","target_id":"1","guild_id":"100","channel_id":"101"}"#),
    ]

    @Test func theTableNamesEveryTool() {
        #expect(Self.calls.map(\.tool) == ToolAccess.all)
    }

    @Test(arguments: AccessLevel.allCases)
    func eachLevelMayDoWhatItsNameSays(level: AccessLevel) async throws {
        for (tool, arguments) in Self.calls {
            let harness = try ToolHarness()
            let status = try await harness.status(tool.name, arguments, as: .of(level))
            let reached = harness.backend.queries.count + harness.backend.commands.count
            if level >= tool.level {
                #expect(status == nil && reached == 1, "\(tool.name) \(level.name)")
            } else {
                #expect(status == 403 && reached == 0, "\(tool.name) \(level.name)")
                #expect(harness.backend.records.map(\.isDenial) == [true])
            }
            let listed = harness.provider.tools(for: harness.caller(.of(level))).map(\.name)
            #expect(listed.contains(tool.name) == (level >= tool.level))
        }
    }

    @Test func aKeyForAnotherGuildOrChannelReachesNothing() async throws {
        var otherGuild = AccessGrant.of(.admin)
        otherGuild.guilds = .only([RecordingBackend.otherGuild])
        var otherChannel = AccessGrant.of(.admin)
        otherChannel.channels = .only([RecordingBackend.otherChannel])
        for grant in [otherGuild, otherChannel] {
            for (tool, arguments) in Self.calls {
                let harness = try ToolHarness()
                #expect(try await harness.status(tool.name, arguments, as: grant) == 403, "\(tool.name)")
                #expect(harness.backend.queries.isEmpty && harness.backend.commands.isEmpty)
                #expect(harness.backend.records.map(\.outcome) == ["access_denied"])
            }
        }
    }

    /// 301 is a direct message, and 999 is not there.
    @Test(arguments: ["201", "301", "999"])
    func aForeignChannelLooksLikeOneThatIsNotThere(channel: String) async throws {
        var grant = AccessGrant.of(.admin)
        grant.channels = .only([RecordingBackend.channel])
        for (tool, arguments) in Self.calls {
            let harness = try ToolHarness()
            let other = arguments.replacing("\"101\"", with: "\"\(channel)\"")
            #expect(try await harness.status(tool.name, other, as: grant) == 403, "\(tool.name)")
            #expect(harness.backend.records.map(\.detail) == ["This key may not use channel \(channel)."])
        }
    }

    @Test func aRefusalDoesNotNameAGuildThatTheCallerDidNot() async throws {
        var grant = AccessGrant.of(.admin)
        grant.guilds = .only([RecordingBackend.guild])
        let harness = try ToolHarness()
        let error = await #expect(throws: RequestFailure.self) {
            try await harness.call("get_messages", #"{"channel_id":"201"}"#, as: grant)
        }
        guard case .problem(let problem) = error else { return }
        let told = "\(problem.title) \(problem.detail ?? "")"
        #expect(told.contains("guild") && !told.contains(RecordingBackend.otherGuild.description))
    }

    @Test func aRefusalNamesTheScopeThatIsNeeded() async throws {
        let harness = try ToolHarness()
        let error = await #expect(throws: RequestFailure.self) {
            try await harness.call("moderate_content", Self.calls[4].arguments, as: .of(.readWrite))
        }
        guard case .problem(let problem) = error else { return }
        #expect(
            problem.headers[.wwwAuthenticate]
                == #"Bearer error="insufficient_scope", scope="discord.moderate", resource_metadata="https://h/metadata""#
        )
    }

    @Test func aChannelOfAnotherGuildIsNotUsedUnderAFalseName() async throws {
        let harness = try ToolHarness()
        let result = try await harness.call(
            "moderate_content", #"{"action":"delete_message","target_id":"1","guild_id":"100","channel_id":"201"}"#)
        #expect(result.isError)
        #expect(harness.backend.commands.isEmpty)
    }

    @Test func aKeyForAChannelMayNotBan() async throws {
        var grant = AccessGrant.of(.moderate)
        grant.channels = .only([RecordingBackend.channel])
        let harness = try ToolHarness()
        let ban = #"{"action":"ban_user","target_id":"1","guild_id":"100","channel_id":"101"}"#
        #expect(try await harness.status("moderate_content", ban, as: grant) == 403)
    }

    @Test func theOperatorMaySwitchChangesOff() async throws {
        let harness = try ToolHarness(ceiling: OperatorCeiling(readOnly: true))
        #expect(try await harness.status("send_message", Self.calls[3].arguments, as: .of(.admin)) == 403)
        #expect(harness.provider.tools(for: harness.caller(.of(.admin))).map(\.name).contains("send_message") == false)
    }

    @Test func aSearchCarriesTheKeysLimits() async throws {
        var grant = AccessGrant.of(.readOnly)
        grant.guilds = .only([RecordingBackend.guild])
        let harness = try ToolHarness()
        _ = try await harness.call("search_messages", #"{"query":"x"}"#, as: grant)
        let scope = try #require(harness.backend.queries.first).scope
        #expect(scope.guildIds == [100] && !scope.allGuilds && scope.allChannels)
    }
}
