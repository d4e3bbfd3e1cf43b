import Bus
import Contracts
import FoundationEssentials
import Logging
import NIOConcurrencyHelpers
import SharedState

/// Writes down reads, refused calls and refused credentials. Nobody waits for these records; a full queue is counted.
struct AccessJournal: Sendable {
    let producer: RecordProducer
    let logger: Logger
    /// Unix milliseconds.
    let now: @Sendable () -> Int64
    private let lost = NIOLockedValueBox(0)
    private let refusals = NIOLockedValueBox(RefusalBudget())

    init(producer: RecordProducer, logger: Logger, now: @escaping @Sendable () -> Int64) {
        self.producer = producer
        self.logger = logger
        self.now = now
    }

    func refused(_ refusal: Refusal) {
        // Without a key there is nobody to write down, and every scanner of the internet would fill the log.
        if case .unauthenticated(.missing) = refusal { return }
        guard let passedOver = refusals.withLockedValue({ $0.take(now: now()) }) else { return }
        var record = WireAuditRecord()
        record.kind = .authentication
        record.outcome = refusal.wireError.code.name
        record.detail = refusal.wireError.message
        if passedOver > 0 { record.detail += " (\(passedOver) more refusals in the minute before)" }
        post(record)
    }

    func issuedToken(keyID: String, tenant: String) {
        var record = WireAuditRecord()
        record.kind = .authentication
        record.action = "issue_token"
        record.principal.keyID = keyID
        record.principal.tenant = tenant
        record.outcome = "ok"
        post(record)
    }

    func post(_ record: WireAuditRecord) {
        var record = record
        record.timeUnixUs = now() * 1000
        record.process = ProcessRole.frontDoor.name
        do {
            try producer.post(record.wireBytes)
        } catch {
            let count = lost.withLockedValue {
                $0 += 1
                return $0
            }
            // One line per power of two: the log must not fill because the audit writer is away.
            if count & (count - 1) == 0 {
                logger.error(
                    "access records are lost", metadata: [LogKey.count: "\(count)", LogKey.error: "\(error.message)"])
            }
        }
    }
}

/// How many refusals are written down: whoever has no key must not be able to fill the audit log.
struct RefusalBudget {
    static let perMinute = 60

    private var minute: Int64 = 0
    private var taken = 0
    private var passedOver = 0

    /// - Parameter now: unix milliseconds.
    /// - Returns: nil when this minute's are spent; else how many were passed over in an earlier one.
    mutating func take(now: Int64) -> Int? {
        if now / 60_000 != minute {
            minute = now / 60_000
            taken = 0
        }
        guard taken < Self.perMinute else {
            passedOver += 1
            return nil
        }
        taken += 1
        defer { passedOver = 0 }
        return passedOver
    }
}
