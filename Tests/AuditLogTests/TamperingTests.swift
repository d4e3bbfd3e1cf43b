import AuditLog
import Contracts
import Foundation
import SystemPackage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TamperingTests {
    /// Any changed byte of any record is found, and the first bad record is named.
    @Test(arguments: [UInt64(11), 12, 13, 14])
    func everyFlippedBitIsFound(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await withJournalFixture { fixture in
            let journal = try fixture.open(segmentSize: 4096)
            var ends: [(segment: Int, end: Int)] = []
            for number in UInt64(1)...40 {
                _ = try await journal.append([entry(number)])
                ends.append((fixture.segments.count - 1, try used(fixture.segments[fixture.segments.count - 1])))
            }
            try await journal.close()
            for _ in 0..<50 {
                let index = Int.random(in: 0..<fixture.segments.count, using: &random)
                let file = URL(filePath: fixture.segments[index])
                let original = try Data(contentsOf: file)
                let lastEnd = try #require(ends.last { $0.segment == index }).end
                let offset = Int.random(in: 64..<lastEnd, using: &random)
                var changed = original
                changed[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try changed.write(to: file)
                let report = try AuditVerifier.verify(directory: fixture.directory)
                let expected = try #require(ends.firstIndex { $0.segment == index && offset < $0.end }) + 1
                let problem = try #require(report.problem, "seed \(seed), segment \(index), byte \(offset)")
                #expect(
                    problem.hasPrefix("record \(expected) ") || problem.hasPrefix("record \(expected):"),
                    "seed \(seed), byte \(offset): \(problem)")
                try original.write(to: file)
            }
            #expect(try AuditVerifier.verify(directory: fixture.directory).isIntact)
        }
    }

    @Test func aRemovedSegmentIsFound() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open(segmentSize: 4096)
            _ = try await journal.append((1...10).map { entry($0) })
            for number in UInt64(11)...60 { _ = try await journal.append([entry(number)]) }
            try await journal.close()
            try #require(fixture.segments.count >= 3)
            try FileManager.default.removeItem(atPath: fixture.segments[1])
            #expect(
                try AuditVerifier.verify(directory: fixture.directory).problem?.contains("removed or replaced") == true)
        }
    }

    @Test func aCutOffEndIsFoundByTheCheckpoint() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            _ = try await journal.append((1...5).map { entry($0) })
            let five = try Data(contentsOf: URL(filePath: fixture.segments[0]))
            _ = try await journal.append((6...9).map { entry($0) })
            try await journal.close()
            try five.write(to: URL(filePath: fixture.segments[0]))
            #expect(
                try AuditVerifier.verify(directory: fixture.directory).problem?.contains("the end was cut off") == true)
            let error = #expect(throws: AuditLogError.self) { try fixture.open() }
            #expect(error?.code == .damaged)
        }
    }

    /// Whoever rewrites the whole chain still lacks the key of the checkpoints.
    @Test func aRewrittenLogDiffersFromItsCheckpoints() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open(checkpointInterval: 5)
            _ = try await journal.append((1...5).map { entry($0) })
            #expect(await journal.isCheckpointDue)
            try await journal.close()
            let checkpoints = fixture.directory.appending("checkpoints").appending("checkpoints.jsonl").string
            let signed = try Data(contentsOf: URL(filePath: checkpoints))
            try FileManager.default.removeItem(atPath: fixture.directory.string)
            let forged = try fixture.open()
            _ = try await forged.append((1...5).map { entry($0, tool: "nothing_happened") })
            try await forged.close()
            try signed.write(to: URL(filePath: checkpoints))
            #expect(try AuditVerifier.verify(directory: fixture.directory).problem?.contains("rewritten") == true)
            let other = try AuditVerifier.verify(
                directory: fixture.directory, expectedKey: String(repeating: "0", count: 64))
            #expect(other.problem?.contains("another key") == true)
        }
    }

    @Test func damageInAcknowledgedRecordsStopsTheWriter() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            for number in UInt64(1)...5 { _ = try await journal.append([entry(number)]) }
            try await journal.close()
            var bytes = try Data(contentsOf: URL(filePath: fixture.segments[0]))
            bytes[64 + 150] ^= 1
            try bytes.write(to: URL(filePath: fixture.segments[0]))
            let error = #expect(throws: AuditLogError.self) { try fixture.open() }
            #expect(error?.code == .damaged)
            #expect(try Data(contentsOf: URL(filePath: fixture.segments[0])) == bytes)
        }
    }

    /// The last group looks torn then, but a checkpoint says that it had been whole.
    @Test func damageInALastGroupThatACheckpointCoversIsLeftUntouched() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            _ = try await journal.append((1...5).map { entry($0) })
            let five = try used(fixture.segments[0])
            _ = try await journal.append((6...9).map { entry($0) })
            try await journal.close()
            let file = URL(filePath: fixture.segments[0])
            var bytes = try Data(contentsOf: file)
            bytes[five + 150] ^= 1
            try bytes.write(to: file)
            let error = #expect(throws: AuditLogError.self) { try fixture.open() }
            #expect(error?.code == .damaged)
            #expect(try Data(contentsOf: file) == bytes)
        }
    }

    @Test func noSegmentIsBegunWhereACheckpointCoversRecords() async throws {
        try await withJournalFixture { fixture in
            let journal = try fixture.open()
            _ = try await journal.append([entry(1)])
            try await journal.close()
            try FileManager.default.removeItem(atPath: fixture.segments[0])
            let error = #expect(throws: AuditLogError.self) { try fixture.open() }
            #expect(error?.code == .damaged)
            #expect(fixture.segments.isEmpty)
        }
    }

    private func used(_ segment: String) throws -> Int {
        let bytes = try Data(contentsOf: URL(filePath: segment))
        return (bytes.lastIndex { $0 != 0 } ?? 0) + 1
    }
}
