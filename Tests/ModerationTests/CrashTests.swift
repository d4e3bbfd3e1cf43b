import Contracts
import Foundation
import TestSupport
import Testing

@testable import Moderation

/// A crash is a copy of the ledger's files, of Discord and of the audit log at one moment, and a new executor on them.
@Suite(.timeLimit(.minutes(1))) struct CrashTests {
    /// What a crash leaves.
    struct Wreck: Sendable {
        let directory: String
        let state: GuildState
        let records: [WireAuditRecord]

        func restart() throws -> Fixture {
            try Fixture(directory: directory, state: state, records: records)
        }
    }

    /// Takes copies while a command runs.
    actor Camera {
        private let root: String
        private let source: String
        private let wanted: Int?
        private var moments = 0
        private(set) var wrecks: [Wreck] = []

        /// - Parameter wanted: the moment to copy; nil: every one.
        init(root: String, source: String, wanted: Int? = nil) {
            self.root = root
            self.source = source
            self.wanted = wanted
        }

        func shoot(_ discord: FakeDiscord, _ journal: FakeJournal) async {
            let number = moments
            moments += 1
            guard wanted == nil || wanted == number else { return }
            let directory = root + "/" + UUID().uuidString
            do {
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
                for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
                    try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(directory)/\(name)")
                }
            } catch {
                Issue.record(error)
            }
            wrecks.append(Wreck(directory: directory, state: await discord.state, records: await journal.records))
        }

        func watch(_ fixture: Fixture) async {
            let (discord, journal) = (fixture.discord, fixture.journal)
            await journal.whenAppending { _, _ in await self.shoot(discord, journal) }
            await discord.whenCalled { _ in await self.shoot(discord, journal) }
        }
    }

    @Test(arguments: World.everyCommand)
    func crashAtEveryStepLeavesOneEffect(named: NamedCommand) async throws {
        let command = named.command
        try await withTemporaryDirectory { root in
            let directory = root + "/live"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var initial = GuildState()
            for message in World.bulkTargets { initial.messages[message] = World.member }
            let fixture = try Fixture(directory: directory, state: initial)
            let camera = Camera(root: root, source: directory)
            await camera.watch(fixture)
            _ = await fixture.service.perform(World.request(command))
            await camera.shoot(fixture.discord, fixture.journal)
            let wrecks = await camera.wrecks
            // Intent begun and durable, before and after Discord, outcome begun and durable, answered.
            #expect(wrecks.count == 7)

            for wreck in wrecks {
                let next = try wreck.restart()
                #expect(try await next.service.settleOpenCommands() == 0)
                #expect(await next.discord.state.changes == wreck.state.changes, "settling changes nothing")
                let answer = await next.service.perform(World.request(command))
                #expect(answer.reply.answer.source == "executor")
                #expect(await next.discord.state.changes.count == 1)
                #expect(await next.service.perform(World.request(command)).reply.replayed)
                let kinds = await next.journal.kinds()
                #expect(kinds.last == .outcome)
                #expect(await next.journal.outcomes.last == "ok")
            }
        }
    }

    @Test func crashAtEveryStepWithDiscordUnreadableIsFlagged() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/live"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let fixture = try Fixture(directory: directory)
            // Moments: intent, intent durable, before, after.
            let camera = Camera(root: root, source: directory, wanted: 3)
            await camera.watch(fixture)
            _ = await fixture.service.perform(World.request(World.send()))
            let next = try #require(await camera.wrecks.first).restart()
            await next.discord.setUnreadable(true)
            #expect(try await next.service.settleOpenCommands() == 1)
            #expect(await next.journal.outcomes == ["in_doubt"])
            #expect(try await next.service.settleOpenCommands() == 1)
            #expect(await next.journal.outcomes == ["in_doubt"], "flagged once")
            await next.discord.setUnreadable(false)
            #expect(try await next.service(at: World.now + 15_000).settleOpenCommands() == 0)
            #expect(await next.journal.outcomes == ["in_doubt", "ok"])
            #expect(await next.discord.state.posts.count == 1)
        }
    }

    /// Random commands, troubles and crashes: never two messages of one command, none without its intent, and in the
    /// end an outcome for every intent.
    @Test func randomCrashesNeverDoubleAnEffect() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        try await withTemporaryDirectory { root in
            var directory = root + "/live"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            var fixture = try Fixture(directory: directory)
            for _ in 0..<150 {
                let troubles: [FakeDiscord.Trouble?] = [
                    nil, nil, nil, .losesAnswer, .losesRequest, .refuses(.notDone(WireError(.rateLimited, ""))),
                ]
                await fixture.discord.setTrouble(troubles.randomElement(using: &random) ?? nil)
                await fixture.discord.setUnreadable(Int.random(in: 0..<4, using: &random) == 0)
                await fixture.journal.setAway(Int.random(in: 0..<8, using: &random) == 0)
                let number = UInt64.random(in: 0..<12, using: &random)
                let crashes = Int.random(in: 0..<3, using: &random) == 0
                let camera = Camera(root: root, source: directory, wanted: Int.random(in: 0..<7, using: &random))
                if crashes { await camera.watch(fixture) }
                _ = await fixture.service.perform(World.request(World.send(), id: number))
                if crashes, let wreck = await camera.wrecks.first {
                    directory = wreck.directory
                    fixture = try wreck.restart()
                    try await fixture.service.settleOpenCommands()
                }
            }
            await fixture.discord.setTrouble(nil)
            await fixture.discord.setUnreadable(false)
            await fixture.journal.setAway(false)
            #expect(try await fixture.service(at: World.now + 15_000).settleOpenCommands() == 0)

            let posts = await fixture.discord.state.posts
            #expect(Set(posts.map(\.tag)).count == posts.count, "seed \(seed)")
            let records = await fixture.journal.records
            for number: UInt64 in 0..<12 {
                let own = records.filter { Array($0.commandID) == World.id(number).bytes }
                let hasPost = posts.contains { $0.tag == CommandTag(World.id(number)) }
                #expect(!hasPost || own.contains { $0.kind == .intent }, "seed \(seed)")
                #expect(own.isEmpty || own.last?.kind == .outcome, "seed \(seed)")
                #expect(own.contains { $0.outcome == "ok" } == hasPost, "seed \(seed)")
            }
        }
    }
}
