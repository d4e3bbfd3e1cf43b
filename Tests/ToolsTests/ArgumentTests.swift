import Contracts
import MCP
import NIOConcurrencyHelpers
import Testing

@testable import Tools

@Suite(.timeLimit(.minutes(1)))
struct ArgumentTests {
    @Test func everyDefinitionIsComplete() throws {
        for entry in try ToolCatalogue().entries {
            let definition = try JSONReader.read(entry.definition.encoded)
            #expect(definition["title"]?.string?.isEmpty == false)
            #expect(definition["description"]?.string?.isEmpty == false)
            #expect(definition["inputSchema"]?["type"]?.string == "object")
            #expect(definition["outputSchema"]?["type"]?.string == "object")
            let hints = try #require(definition["annotations"])
            #expect(hints["readOnlyHint"]?.bool == (entry.tool.access.effect == .read))
            #expect(hints["destructiveHint"]?.bool == (entry.tool.access.effect == .destructive))
            if entry.tool.access.effect != .read {
                #expect(definition["inputSchema"]?["properties"]?["idempotency_key"] != nil)
            }
        }
    }

    @Test func boundsAreIdsOrTimes() async throws {
        let harness = try ToolHarness()
        _ = try await harness.call(
            "get_messages", #"{"channel_id":"101","before":"2026-05-01T12:00:00Z","after":"77","limit":3}"#)
        guard case .getMessages(let body)? = harness.backend.queries.first?.body else {
            Issue.record("no query")
            return
        }
        #expect(body.before.unixMilliseconds == 1_777_636_800_000)
        #expect(body.after.messageID == 77)
        #expect(body.limit == 3)
    }

    @Test func aModerationCallBecomesItsContract() async throws {
        let harness = try ToolHarness()
        _ = try await harness.call(
            "moderate_content",
            #"{"action":"ban_user","target_id":"7","guild_id":"100","reason":"spam","delete_message_days":2,"idempotency_key":"k"}"#
        )
        let command = try #require(harness.backend.commands.first)
        #expect(command.moderateContent.action == .banUser)
        #expect(command.moderateContent.targetIds == [7])
        #expect(command.moderateContent.deleteMessageSeconds == 172_800)
        #expect(command.moderateContent.channelID == 0)
        #expect(command.idempotencyKey == "k")
        #expect(command.tool == "moderate_content")
        #expect(command.principal.keyID == "key")
    }

    @Test(arguments: [
        (#"{"action":"delete_message","target_id":"1","guild_id":"100"}"#, "channel_id"),
        (#"{"action":"timeout_user","target_id":"1","guild_id":"100"}"#, "timeout_duration"),
        (#"{"action":"kick_user","target_id":"1,2","guild_id":"100"}"#, "target_id"),
        (#"{"action":"kick_user","target_id":"ada","guild_id":"100"}"#, "target_id"),
        (#"{"action":"delete_messages_bulk","target_id":"1","guild_id":"100","channel_id":"101"}"#, "target_id"),
        (#"{"action":"delete_messages_bulk","target_id":"1,1","guild_id":"100","channel_id":"101"}"#, "target_id"),
        (#"{"action":"kick_user","target_id":"1","guild_id":"100","delete_message_days":1}"#, "delete_message_days"),
        (#"{"action":"ban_user","target_id":"1","guild_id":"100","timeout_duration":1}"#, "timeout_duration"),
    ])
    func wrongCombinationsAreExplained(json: String, argument: String) async throws {
        let harness = try ToolHarness()
        let result = try await harness.call("moderate_content", json)
        #expect(result.isError)
        #expect(result.text.first?.contains("invalid_argument: \(argument) ") == true, "\(result.text)")
        #expect(harness.backend.commands.isEmpty)
    }

    @Test func emptyMessagesAndSearchesAreExplained() async throws {
        let harness = try ToolHarness()
        #expect(try await harness.call("send_message", #"{"channel_id":"101","content":"  "}"#).isError)
        #expect(try await harness.call("search_messages", #"{"query":" ","guild_id":"100"}"#).isError)
        #expect(
            try await harness.call("send_message", #"{"channel_id":"101","content":"","embed":{"title":"t"}}"#).isError
                == false)
    }

    @Test func anUnknownChannelIsAToolError() async throws {
        let harness = try ToolHarness()
        let result = try await harness.call("get_messages", #"{"channel_id":"999"}"#)
        #expect(result.isError && result.text.first?.hasPrefix("not_found: ") == true)
        #expect(harness.backend.records.map(\.outcome) == ["not_found"])
    }

    @Test func aBackendsErrorNamesTheWayOut() async throws {
        let harness = try ToolHarness()
        harness.backend.state.withLockedValue {
            $0.failure = WireError(
                .missingPermission, "The bot may not ban.", hint: "Give its role BAN_MEMBERS.",
                details: ["missing_permission": "BAN_MEMBERS"])
        }
        let result = try await harness.call(
            "moderate_content", #"{"action":"ban_user","target_id":"7","guild_id":"100"}"#)
        #expect(result.isError)
        #expect(
            result.text == [
                "missing_permission: The bot may not ban.\nGive its role BAN_MEMBERS.\nmissing_permission: BAN_MEMBERS"
            ])
    }

    @Test func readsLeaveOneRecordAndChangesNone() async throws {
        let harness = try ToolHarness()
        _ = try await harness.call("get_messages", #"{"channel_id":"101"}"#)
        _ = try await harness.call("send_message", #"{"channel_id":"101","content":"x"}"#)
        #expect(harness.backend.records.map(\.tool.name) == ["get_messages"])
        #expect(harness.backend.records.map(\.guild) == [RecordingBackend.guild])
    }
}
