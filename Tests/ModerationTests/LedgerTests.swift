import Contracts
import Foundation
import Logging
import TestSupport
import Testing

@testable import Moderation

@Suite(.timeLimit(.minutes(1))) struct LedgerTests {
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    private static let effect = PlannedEffect.kick(guild: Snowflake(1), user: Snowflake(2))

    private func entry(_ number: UInt64, digest: [UInt8] = [1], createdAt: Int64 = World.now) -> LedgerEntry {
        LedgerEntry(
            id: World.id(number),
            claim: CommandClaim(keyID: "k", tenant: "t", tool: "moderate_content", argumentsDigest: digest),
            effect: Self.effect, reason: "because", createdAt: createdAt)
    }

    private func withLedger(_ body: (CommandLedger, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/ledger.sqlite"
            try await body(CommandLedger(path: path, logger: Self.logger), path)
        }
    }

    @Test func everyStateSurvivesReopening() async throws {
        let effects: [PlannedEffect] = [
            .send(guild: Snowflake(1), channel: Snowflake(2), content: ContentFingerprint("hi")),
            .deleteMessage(guild: Snowflake(1), channel: Snowflake(2), message: Snowflake(.max)),
            .deleteMessages(guild: Snowflake(1), channel: Snowflake(2), messages: [Snowflake(3), Snowflake(4)]),
            .ban(guild: Snowflake(1), user: Snowflake(2), deleteMessageSeconds: 5),
            .timeOut(guild: Snowflake(1), user: Snowflake(2), until: 1_000_000),
        ]
        try await withLedger { ledger, path in
            for (number, effect) in effects.enumerated() {
                let entry = LedgerEntry(
                    id: World.id(UInt64(number)), claim: entry(0).claim, effect: effect, reason: "ü'\";--", createdAt: 1
                )
                try await ledger.receive(entry)
            }
            _ = try await ledger.execute(World.id(0), auditSequence: 42)
            let posted = PostedMessage(id: Snowflake(9), channel: Snowflake(2), time: 77)
            let done = try await ledger.end(World.id(0), .done(.posted(posted)))
            try ledger.close()

            let again = try CommandLedger(path: path, logger: Self.logger)
            let read = try #require(try await again.entry(World.id(0)))
            #expect(read == done)
            #expect(read.auditSequence == 42)
            #expect(read.outcome == .done(.posted(posted)))
            for (number, effect) in effects.enumerated() {
                #expect(try await again.entry(World.id(UInt64(number)))?.effect == effect)
            }
        }
    }

    @Test func stepsOutOfOrderAreRefused() async throws {
        try await withLedger { ledger, _ in
            await #expect(throws: WireError.self) { try await ledger.execute(World.id(1), auditSequence: 1) }
            try await ledger.receive(entry(1))
            await #expect(throws: WireError.self) { try await ledger.receive(entry(1)) }
            await #expect(throws: WireError.self) {
                try await ledger.end(World.id(1), .done(.moderated(alreadyDone: false)))
            }
            _ = try await ledger.execute(World.id(1), auditSequence: 1)
            await #expect(throws: WireError.self) { try await ledger.execute(World.id(1), auditSequence: 2) }
            _ = try await ledger.end(World.id(1), .done(.moderated(alreadyDone: false)))
            await #expect(throws: WireError.self) { try await ledger.end(World.id(1), .undone(WireError(.busy, ""))) }
        }
    }

    @Test func newerFormatIsRefusedUntouched() async throws {
        try await withLedger { ledger, path in
            try ledger.close()
            // The user version stands at offset 60 of an SQLite file: https://www.sqlite.org/fileformat.html
            var before = try Data(contentsOf: URL(filePath: path))
            before.replaceSubrange(60..<64, with: [0, 0, 0, 99])
            try before.write(to: URL(filePath: path))
            let error = #expect(throws: LedgerError.self) { try CommandLedger(path: path, logger: Self.logger) }
            #expect(error == .newerFormat(found: 99, known: 1))
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test func fileThatIsNoLedgerIsRefused() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/ledger.sqlite"
            try Data(repeating: 0x61, count: 8192).write(to: URL(filePath: path))
            #expect(throws: LedgerError.self) { try CommandLedger(path: path, logger: Self.logger) }
        }
    }

    @Test func purgeKeepsWhatIsOpen() async throws {
        try await withLedger { ledger, _ in
            for number: UInt64 in 1...5 { try await ledger.receive(entry(number, createdAt: 1000)) }
            try await ledger.receive(entry(6, createdAt: 3000))
            for number: UInt64 in [2, 3, 4, 6] { _ = try await ledger.execute(World.id(number), auditSequence: 1) }
            let done = CommandEnding.done(.moderated(alreadyDone: false))
            for number: UInt64 in [2, 3, 6] { _ = try await ledger.end(World.id(number), done) }
            _ = try await ledger.end(World.id(4), .inDoubt(WireError(.inDoubt, "")))
            _ = try await ledger.end(World.id(5), .undone(WireError(.busy, "")))
            for number: UInt64 in [2, 4, 5, 6] { try await ledger.markOutcomeRecorded(World.id(number)) }

            #expect(try await ledger.purge(before: 2000) == 2)
            // Received, unrecorded, in doubt, and too young.
            var kept: [UInt64] = []
            for number: UInt64 in 1...6 where try await ledger.entry(World.id(number)) != nil { kept.append(number) }
            #expect(kept == [1, 3, 4, 6])
            #expect(
                Set(try await ledger.unfinishedEntries(limit: 10, now: 0).map(\.id)) == Set([1, 3, 4].map(World.id)))
        }
    }

    /// Random walks over the pure rules: no path leads to Discord twice without a finding that nothing was done.
    @Test func stateMachineNeverAllowsASecondEffect() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let error = WireError(.busy, "")
        for _ in 0..<2000 {
            var entry: LedgerEntry?
            var effects = 0
            var foundNothing = true
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                switch LedgerStateMachine.admit(entry, claim: self.entry(1).claim) {
                case .begin:
                    #expect(foundNothing, "seed \(seed)")
                    entry = self.entry(1)
                case .settleFirst:
                    guard let open = entry else { continue }
                    // A crash or a lost answer: what a look finds is the truth, or nothing.
                    let ending: CommandEnding =
                        Bool.random(using: &random)
                        ? .inDoubt(error)
                        : effects == 1 ? .done(.moderated(alreadyDone: false)) : .undone(error)
                    entry = LedgerStateMachine.ended(open, ending) ?? open
                case .replay, .conflict:
                    break
                }
                if let received = entry, received.state == .received, Bool.random(using: &random),
                    let executing = LedgerStateMachine.executing(received, auditSequence: 1)
                {
                    entry = executing
                    if Bool.random(using: &random) { effects += 1 }
                    foundNothing = effects == 0
                    if Bool.random(using: &random) {
                        let ending: CommandEnding =
                            effects == 1 ? .done(.moderated(alreadyDone: false)) : .refused(error)
                        entry = LedgerStateMachine.ended(executing, ending)
                    }
                }
                #expect(effects <= 1, "seed \(seed)")
            }
        }
    }

    @Test func anotherClaimIsAConflictInEveryState() {
        for state in LedgerState.allCases {
            var entry = entry(1)
            entry.state = state
            let claims = [
                CommandClaim(keyID: "other", tenant: "t", tool: "moderate_content", argumentsDigest: [1]),
                CommandClaim(keyID: "k", tenant: "other", tool: "moderate_content", argumentsDigest: [1]),
                CommandClaim(keyID: "k", tenant: "t", tool: "send_message", argumentsDigest: [1]),
                CommandClaim(keyID: "k", tenant: "t", tool: "moderate_content", argumentsDigest: [2]),
            ]
            for claim in claims { #expect(LedgerStateMachine.admit(entry, claim: claim) == .conflict) }
        }
    }
}
