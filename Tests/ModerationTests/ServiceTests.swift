import Contracts
import Discord
import FoundationEssentials
import TestSupport
import Testing

@testable import Moderation

@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
    private func withFixture(
        ceiling: OperatorCeiling = OperatorCeiling(),
        _ body: (Fixture) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { try await body(Fixture(directory: $0, ceiling: ceiling)) }
    }

    private func object(_ answer: CommandAnswer) throws -> [String: JSONValue] {
        let value = try DiscordJSON.decode(JSONValue.self, from: try #require(answer.attachment))
        guard case .object(let members) = value else { throw WireError(.internal, "not an object") }
        return members
    }

    @Test(arguments: World.everyCommand)
    func intentThenEffectThenOutcome(named: NamedCommand) async throws {
        let command = named.command
        try await withFixture { fixture in
            let order = OrderLog()
            await fixture.journal.whenAppending { kind, isDurable in
                await order.add((kind == .intent ? "intent" : "outcome") + (isDurable ? " durable" : ""))
            }
            await fixture.discord.whenCalled { await order.add($0) }
            let answer = await fixture.service.perform(World.request(command))
            #expect(answer.reply.error == WireError())
            #expect(await order.steps == ["intent", "intent durable", "before", "after", "outcome", "outcome durable"])
            #expect(await fixture.journal.outcomes == ["ok"])
            #expect(await fixture.discord.state.changes.count == 1)
            #expect(answer.reply.auditSequence == 1)
            let members = try object(answer)
            #expect(members["replayed"] == .bool(false))
            #expect(members["audit_sequence"] == .integer(1))
            #expect(members["command_id"]?.string == World.id(1).description)
            #expect(members["guild_id"]?.string == "100")
        }
    }

    @Test func sendAnswer() async throws {
        try await withFixture { fixture in
            let answer = await fixture.service.perform(World.request(World.send()))
            let members = try object(answer)
            #expect(members["message_id"]?.string == "5000")
            #expect(members["jump_url"]?.string == "https://discord.com/channels/100/200/5000")
            #expect(members["timestamp"]?.string == Timestamp(unixMilliseconds: World.now).description)
            #expect(await fixture.journal.records.last?.discordIds == [5000])
        }
    }

    @Test func moderationAnswerAndReason() async throws {
        try await withFixture { fixture in
            let answer = await fixture.service.perform(World.request(World.moderate(.timeoutUser)))
            let members = try object(answer)
            #expect(members["action"]?.string == "timeout_user")
            #expect(members["result"]?.string == "done")
            #expect(members["until"]?.string == Timestamp(unixMilliseconds: World.now + 600_000).description)
            #expect(members["reason"]?.string == "spam")
            #expect(members["channel_id"] == nil)
            #expect(await fixture.discord.reasons == [CommandTag(World.id(1)).auditReason("spam")])
            let intent = try #require(await fixture.journal.records.first)
            #expect(intent.targetIds == [World.member])
            #expect(intent.reason == "spam")
            #expect(Array(intent.commandID) == World.id(1).bytes)
        }
    }

    @Test func repeatedCommandGetsTheStoredAnswer() async throws {
        try await withFixture { fixture in
            let first = await fixture.service.perform(World.request(World.moderate(.kickUser)))
            // A kicked user would fail the preflight: the stored answer comes first.
            await fixture.guilds.set(World.context { $0.clearTarget() })
            let second = await fixture.service.perform(World.request(World.moderate(.kickUser)))
            #expect(second.reply.replayed)
            var members = try object(first)
            members["replayed"] = .bool(true)
            #expect(try object(second) == members)
            #expect(await fixture.discord.state.changes == ["kick"])
            #expect(await fixture.journal.kinds() == [.intent, .outcome])
        }
    }

    @Test func sameIdWithOtherArgumentsIsRefused() async throws {
        try await withFixture { fixture in
            _ = await fixture.service.perform(World.request(World.send()))
            let other = await fixture.service.perform(World.request(World.send("other", digest: [9])))
            #expect(other.reply.error.code == .idempotencyConflict)
            #expect(await fixture.discord.state.posts.count == 1)
        }
    }

    @Test func fiftyAtOnceAreOneEffect() async throws {
        try await withFixture { fixture in
            let answers = await withTaskGroup(of: CommandAnswer.self) { group in
                for _ in 0..<50 { group.addTask { await fixture.service.perform(World.request(World.send())) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(await fixture.discord.state.changes == ["post"])
            #expect(await fixture.journal.kinds() == [.intent, .outcome])
            #expect(answers.allSatisfy { $0.reply.answer.text.contains("5000") })
            #expect(answers.filter { !$0.reply.replayed }.count == 1)
        }
    }

    @Test(arguments: World.everyCommand)
    func nothingHappensWithoutTheAuditLog(named: NamedCommand) async throws {
        let command = named.command
        try await withFixture { fixture in
            await fixture.journal.setAway(true)
            let refused = await fixture.service.perform(World.request(command))
            #expect(refused.reply.error.code == .auditUnavailable)
            #expect(refused.attachment == nil)
            #expect(await fixture.discord.state.changes.isEmpty)
            // The same id is free again, and the refusal is recorded when the log is back.
            await fixture.journal.setAway(false)
            try await fixture.service.settleOpenCommands()
            #expect(await fixture.journal.outcomes == ["audit_unavailable"])
            #expect(await fixture.service.perform(World.request(command)).reply.answer.source == "executor")
            #expect(await fixture.discord.state.changes.count == 1)
        }
    }

    @Test func outcomeIsRecordedLaterWhenTheLogGoesAway() async throws {
        try await withFixture { fixture in
            await fixture.discord.whenCalled { [journal = fixture.journal] _ in await journal.setAway(true) }
            let answer = await fixture.service.perform(World.request(World.send()))
            #expect(answer.reply.answer.source == "executor")
            #expect(await fixture.journal.kinds() == [.intent])
            await fixture.journal.setAway(false)
            try await fixture.service.settleOpenCommands()
            #expect(await fixture.journal.kinds() == [.intent, .outcome])
            try await fixture.service.settleOpenCommands()
            #expect(await fixture.journal.kinds() == [.intent, .outcome])
        }
    }

    @Test func deadlineIsKept() async throws {
        try await withFixture { fixture in
            let late = await fixture.service.perform(World.request(World.send(), deadline: World.now))
            #expect(late.reply.error.code == .expired)
            #expect(await fixture.journal.records.isEmpty)
            #expect(await fixture.discord.state.changes.isEmpty)
        }
    }

    @Test func refusalOfDiscordIsKept() async throws {
        try await withFixture { fixture in
            await fixture.discord.setTrouble(.refuses(.refused(WireError(.missingPermission, "no", hint: "allow it"))))
            let first = await fixture.service.perform(World.request(World.send()))
            #expect(first.reply.error.code == .missingPermission)
            await fixture.discord.setTrouble(nil)
            let second = await fixture.service.perform(World.request(World.send()))
            #expect(second.reply.error == first.reply.error)
            #expect(second.reply.replayed)
            #expect(await fixture.discord.state.changes.isEmpty)
            #expect(await fixture.journal.outcomes == ["missing_permission"])
        }
    }

    @Test func passingTroubleLeavesTheIdFree() async throws {
        try await withFixture { fixture in
            await fixture.discord.setTrouble(.refuses(.notDone(WireError(.rateLimited, "later"))))
            #expect(await fixture.service.perform(World.request(World.send())).reply.error.code == .rateLimited)
            await fixture.discord.setTrouble(nil)
            #expect(await fixture.service.perform(World.request(World.send())).reply.answer.source == "executor")
            #expect(await fixture.journal.kinds() == [.intent, .outcome, .intent, .outcome])
        }
    }

    @Test(arguments: World.everyCommand)
    func lostAnswerIsLookedUp(named: NamedCommand) async throws {
        let command = named.command
        try await withFixture { fixture in
            await fixture.discord.setTrouble(.losesAnswer)
            let answer = await fixture.service.perform(World.request(command))
            #expect(answer.reply.answer.source == "executor")
            #expect(await fixture.journal.outcomes == ["ok"])
            #expect(await fixture.discord.state.changes.count == 1)
        }
    }

    @Test(arguments: World.everyCommand)
    func lostRequestIsReportedAsNotDone(named: NamedCommand) async throws {
        let command = named.command
        try await withFixture { fixture in
            // Both must exist, or a look would take their absence for the effect.
            await fixture.discord.change { state in
                for message in World.bulkTargets { state.messages[message] = World.member }
            }
            await fixture.discord.setTrouble(.losesRequest)
            let answer = await fixture.service.perform(World.request(command))
            #expect(answer.reply.error.code == .discordUnavailable)
            #expect(await fixture.discord.state.changes.isEmpty)
        }
    }

    @Test func doubtStaysUntilDiscordCanBeRead() async throws {
        try await withFixture { fixture in
            await fixture.discord.setTrouble(.losesAnswer)
            await fixture.discord.setUnreadable(true)
            let doubt = await fixture.service.perform(World.request(World.send())).reply.error
            #expect(doubt.code == .inDoubt)
            #expect(doubt.details["command_id"] == World.id(1).description)
            #expect(doubt.hint.contains("read channel 200"))
            #expect(doubt.hint.contains("discord-mcp audit query --command \(World.id(1))"))
            let inDoubt = try await fixture.service.settleOpenCommands()
            #expect(inDoubt == 1)
            // Asked again, it is looked for and not done again.
            #expect(await fixture.service.perform(World.request(World.send())).reply.error.code == .inDoubt)
            await fixture.discord.setTrouble(nil)
            await fixture.discord.setUnreadable(false)
            let answer = await fixture.service.perform(World.request(World.send()))
            #expect(answer.reply.replayed)
            #expect(answer.reply.answer.text.contains("5000"))
            #expect(await fixture.discord.state.changes == ["post"])
            #expect(await fixture.journal.outcomes == ["in_doubt", "ok"])
        }
    }

    /// The write of the end failed, and then the mark of its record worked.
    @Test func openCommandWithARecordedOutcomeIsSettled() async throws {
        try await withFixture { fixture in
            let command = World.moderate(.kickUser)
            try await fixture.ledger.receive(
                LedgerEntry(
                    id: World.id(1), claim: CommandClaim(command),
                    effect: .kick(guild: Snowflake(World.guild), user: Snowflake(World.member)), reason: "spam",
                    createdAt: World.now))
            _ = try await fixture.ledger.execute(World.id(1), auditSequence: 1)
            try await fixture.ledger.markOutcomeRecorded(World.id(1))
            await fixture.discord.change { $0.members = [] }

            try await fixture.service.settleOpenCommands()
            let settled = try #require(try await fixture.ledger.entry(World.id(1)))
            #expect(settled.state == .done)
            #expect(settled.isOutcomeRecorded)
            #expect(await fixture.journal.outcomes == ["ok"])
            #expect(try await fixture.ledger.unfinishedEntries(limit: 10, now: World.now).isEmpty)
        }
    }

    @Test func goneTargetCountsAsDone() async throws {
        try await withFixture { fixture in
            await fixture.discord.change { $0.messages = [:] }
            let answer = await fixture.service.perform(
                World.request(World.moderate(.deleteMessage, targets: [World.message])))
            let members = try object(answer)
            #expect(members["result"]?.string == "already_done")
            #expect(members["deleted_count"] == .integer(0))
        }
    }

    @Test func ownMessageIsDeletedWithoutThePermission() async throws {
        try await withFixture { fixture in
            await fixture.guilds.set(World.context(botPermissions: [.viewChannel]))
            let command = World.moderate(.deleteMessage, targets: [World.message])
            let refused = await fixture.service.perform(World.request(command))
            #expect(refused.reply.error.details["missing_permission"] == "MANAGE_MESSAGES")
            await fixture.discord.change { $0.messages[World.message] = World.bot }
            #expect(await fixture.service.perform(World.request(command)).reply.answer.source == "executor")
        }
    }
}

/// What happened in which order.
actor OrderLog {
    private(set) var steps: [String] = []
    func add(_ step: String) { steps.append(step) }
}
