import AuditLog
import Contracts
import Foundation
import SystemPackage
import TestSupport

/// A journal in a temporary directory whose clock ticks one microsecond a record.
struct JournalFixture {
    let directory: FilePath

    static let seed = [UInt8](0..<32)

    func open(segmentSize: Int = 64 << 10, checkpointInterval: UInt64 = 1000) throws -> Journal {
        try Journal(
            directory: directory,
            signer: CheckpointSigner(seed: Self.seed),
            configuration: .init(segmentSize: segmentSize, checkpointInterval: checkpointInterval),
            now: { 1_780_000_000_000_000 })
    }

    var segments: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory.appending("segments").string)) ?? []).sorted()
            .map { directory.appending("segments").appending($0).string }
    }

    func records() throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        try AuditLogReader(directory: directory).forEachRecord {
            records.append($0)
            return true
        }
        return records
    }
}

func withJournalFixture<Result>(_ body: (JournalFixture) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { try await body(JournalFixture(directory: FilePath($0).appending("audit"))) }
}

func entry(
    _ sequence: UInt64, producer: String = "executor", epoch: UInt64 = 7, tool: String = "send_message"
) -> Journal.Entry {
    var record = WireAuditRecord()
    record.kind = .intent
    record.timeUnixUs = 1_780_000_000_000_000 + Int64(sequence)
    record.process = producer
    record.principal.keyID = "k\(sequence % 3)"
    record.tool = tool
    record.commandID = Data(MessageID(high: 1, low: sequence).bytes)
    record.guildID = 42
    record.targetIds = [sequence, 99]
    // The last byte of a record is not zero, so that a test can find where it ends.
    record.durationMs = 1
    return Journal.Entry(
        producer: ProducerPosition(name: producer, epoch: epoch, sequence: sequence), body: record.wireBytes)
}
