import AuditLog
import Contracts
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct JournalTests {
    @Test func appendedRecordsAreReadBackInOrderAcrossSegments() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open(segmentSize: 4096)
            for start in stride(from: UInt64(1), through: 91, by: 10) {
                let sequences = try await journal.append((start..<(start + 10)).map { entry($0) })
                #expect(sequences == Array(start..<(start + 10)))
            }
            #expect(fixture.segments.count > 3)
            let records = try fixture.records()
            #expect(records.map(\.sequence) == Array(1...100))
            #expect(records.map(\.producer.sequence) == Array(1...100))
            #expect(records[34].body == entry(35).body)
            #expect(records[34].group == 31)
        }
    }

    @Test func reopeningContinuesTheChainAndKnowsTheProducers() async throws {
        try await withJournalFixture { fixture in
            let first = try fixture.open()
            _ = try await first.append([entry(1), entry(2), entry(1, producer: "gateway", epoch: 9)])
            try await first.close()
            let second = try fixture.open()
            #expect(second.recovery.lastSequence == 3)
            #expect(
                Set(second.recovery.lastRecords) == [
                    Journal.LastRecord(producer: .init(name: "executor", epoch: 7, sequence: 2), sequence: 2),
                    Journal.LastRecord(producer: .init(name: "gateway", epoch: 9, sequence: 1), sequence: 3),
                ])
            #expect(try await second.append([entry(3)]) == [4])
            try await second.close()
            #expect(try AuditVerifier.verify(directory: fixture.directory).isIntact)
        }
    }

    @Test func aSecondWriterIsRefused() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            #expect(throws: AuditLogError.self) { try fixture.open() }
            try await journal.close()
            _ = try fixture.open()
        }
    }

    @Test func aNewerFormatIsLeftUntouched() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            _ = try await journal.append([entry(1)])
            try await journal.close()
            var bytes = try Data(contentsOf: URL(filePath: fixture.segments[0]))
            bytes[8] = 2
            try bytes.write(to: URL(filePath: fixture.segments[0]))
            let error = #expect(throws: AuditLogError.self) { try fixture.open() }
            #expect(error?.code == .newerFormat)
            #expect(try Data(contentsOf: URL(filePath: fixture.segments[0])) == bytes)
        }
    }

    /// A crash may leave any subset of the last group's bytes; what was acknowledged before must survive, byte for byte.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func aTornLastGroupIsClearedAndNothingElse(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await withJournalFixture { fixture in
            let journal = try fixture.open(segmentSize: 8192)
            _ = try await journal.append((1...20).map { entry($0) })
            let durable = try Data(contentsOf: URL(filePath: fixture.segments[0]))
            _ = try await journal.append((21...26).map { entry($0) })
            try await journal.close()
            let full = try Data(contentsOf: URL(filePath: fixture.segments[0]))
            try? FileManager.default.removeItem(
                atPath: fixture.directory.appending("checkpoints").appending("checkpoints.jsonl").string)
            for _ in 0..<20 {
                // Sectors of 512 bytes reach the disk in any order, or not at all.
                var torn = full
                for sector in stride(from: 0, to: full.count, by: 512) where Bool.random(using: &random) {
                    torn.replaceSubrange(
                        sector..<min(sector + 512, full.count), with: durable[sector..<min(sector + 512, full.count)])
                }
                try torn.write(to: URL(filePath: fixture.segments[0]))
                let reopened = try fixture.open(segmentSize: 8192)
                let last = reopened.recovery.lastSequence
                #expect((20...26).contains(last), "seed \(seed)")
                #expect(try await reopened.append([entry(77)]) == [last + 1])
                try await reopened.close()
                let report = try AuditVerifier.verify(directory: fixture.directory)
                #expect(report.isIntact, "seed \(seed): \(report.problem ?? "")")
                try FileManager.default.removeItem(
                    atPath: fixture.directory.appending("checkpoints").appending("checkpoints.jsonl").string)
            }
        }
    }

    /// A checkpoint that cannot be written must not make durable records look refused: they would be sent again.
    @Test func recordsAreTakenWhenCheckpointsCannotBeWritten() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open(checkpointInterval: 1)
            let file = fixture.directory.appending("checkpoints").appending("checkpoints.jsonl").string
            try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
            #expect(try await journal.append([entry(1)]) == [1])
            await #expect(throws: AuditLogError.self) { try await journal.checkpoint() }
            #expect(try await journal.append([entry(2)]) == [2])
            try FileManager.default.removeItem(atPath: file)
            try await journal.close()
            #expect(try AuditVerifier.verify(directory: fixture.directory).checkpoints == 1)
        }
    }
}
