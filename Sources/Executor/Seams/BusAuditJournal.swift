import Bus
import Contracts
import Moderation

/// The audit log over the bus.
struct BusAuditJournal: AuditJournal {
    let producer: RecordProducer
    /// How long a command waits for its intent before it is refused.
    var patience: Duration = .seconds(5)

    func append(_ record: WireAuditRecord) async throws(WireError) -> UInt64 {
        try await producer.append(record.wireBytes, within: patience)
    }
}
