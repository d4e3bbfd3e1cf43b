import Contracts

@testable import Moderation

/// An audit log in memory that can be away, and that lets a test act at the moment of a record.
actor FakeJournal: AuditJournal {
    private(set) var records: [WireAuditRecord]
    private var isAway = false
    private var onAppend: (@Sendable (WireAuditKind, _ isDurable: Bool) async -> Void)?

    init(_ records: [WireAuditRecord] = []) { self.records = records }

    func setAway(_ away: Bool) { isAway = away }

    /// Called before and after a record is taken.
    func whenAppending(_ body: @escaping @Sendable (WireAuditKind, _ isDurable: Bool) async -> Void) { onAppend = body }

    func append(_ record: WireAuditRecord) async throws(WireError) -> UInt64 {
        await onAppend?(record.kind, false)
        guard !isAway else { throw WireError(.auditUnavailable, "away") }
        records.append(record)
        let position = UInt64(records.count)
        await onAppend?(record.kind, true)
        return position
    }

    func kinds(of id: MessageID? = nil) -> [WireAuditKind] {
        records.filter { id == nil || Array($0.commandID) == id?.bytes }.map(\.kind)
    }

    var outcomes: [String] { records.filter { $0.kind == .outcome }.map(\.outcome) }
}
