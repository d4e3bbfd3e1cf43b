import AuditLog
import Bus
import Contracts
import Glibc
import Logging
import ProcessKit
import ServiceLifecycle
import SystemPackage

/// The audit writer: the journal, and the server that feeds it.
func buildAuditWriter(_ context: ProcessContext) async throws -> [any Service] {
    let directory = FilePath(context.dataDirectory.audit)
    let keyFile = FilePath(context.dataDirectory.keys).appending("audit_checkpoint")
    let signer: CheckpointSigner =
        if let text = context.settings[.checkpointKey] {
            try CheckpointSigner(hexSeed: text)
        } else {
            try CheckpointSigner(keyFile: keyFile)
        }
    let journal = try Journal(directory: directory, signer: signer, now: unixMicroseconds)
    if journal.recovery.clearedBytes > 0 {
        context.logger.warning(
            "cleared a torn last group that had never been acknowledged",
            metadata: [
                LogKey.count: "\(journal.recovery.clearedBytes)", LogKey.sequence: "\(journal.recovery.lastSequence)",
            ])
    }
    let reactor = try BusReactor()
    let known = Dictionary(
        uniqueKeysWithValues: journal.recovery.lastRecords.map { last in
            (
                RecordStream(producer: last.producer.name, epoch: last.producer.epoch),
                RecordPosition(sequence: last.producer.sequence, logSequence: last.sequence)
            )
        })
    let logger = context.logger
    let server = try RecordServer(reactor: reactor, address: context.bus.records, known: known, logger: logger) {
        records throws(WireError) in
        try await journal.store(records, logger: logger)
    }
    context.heartbeat.addProbe { _ = await journal.lastSequence }
    return [
        AuditService(journal: journal, server: server, reactor: reactor, readiness: context.readiness),
        CheckpointService(journal: journal, logger: logger),
    ]
}

/// Unix microseconds.
@Sendable func unixMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}
