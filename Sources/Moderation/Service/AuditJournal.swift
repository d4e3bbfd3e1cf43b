public import Contracts

/// The way into the audit log.
public protocol AuditJournal: Sendable {
    /// Returns when the record is on the audit writer's disk, with its position in the log.
    ///
    /// - Throws: `audit_unavailable` when no acknowledgement came in time. The record may still arrive later.
    func append(_ record: WireAuditRecord) async throws(WireError) -> UInt64
}
