import AuditLog
import Bus
import Contracts
import Logging

extension Journal {
    /// Stores records as they came over the bus.
    ///
    /// - Returns: their places in the log, durable.
    /// - Throws: `audit_unavailable`; none of them may be acknowledged.
    nonisolated func store(_ records: [IncomingRecord], logger: Logger) async throws(WireError) -> [UInt64] {
        let entries = records.map { record in
            Entry(
                producer: ProducerPosition(
                    name: record.stream.producer, epoch: record.stream.epoch, sequence: record.sequence),
                body: record.body)
        }
        do {
            let sequences = try await append(entries)
            if await isCheckpointDue {
                do {
                    try await checkpoint()
                } catch {
                    // The records are durable; the next checkpoint covers them too.
                    logger.error("a checkpoint cannot be signed", metadata: [LogKey.error: "\(error)"])
                }
            }
            return sequences
        } catch {
            logger.critical("the audit log refuses records", metadata: [LogKey.error: "\(error)"])
            throw WireError(
                .auditUnavailable, "The audit log cannot be written.",
                hint: "The operator must look at the audit writer's log; nothing is changed in Discord until then.",
                retryAfterSeconds: 5)
        }
    }
}
