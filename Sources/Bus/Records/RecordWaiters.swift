/// Who waits for which record to be durable. Pure; times are monotonic milliseconds.
struct RecordWaiters<Waiter: Sendable>: Sendable {
    struct Entry: Sendable {
        let token: UInt64
        var sequence: UInt64
        let deadline: Int64
        let waiter: Waiter
    }

    /// Ascending sequences.
    private var entries: [Entry] = []
    /// Nothing expires before this time.
    private var earliest: Int64 = .max

    var due: Int64? { entries.isEmpty ? nil : earliest }
    var count: Int { entries.count }

    mutating func add(_ entry: Entry) {
        entries.append(entry)
        earliest = min(earliest, entry.deadline)
    }

    mutating func remove(token: UInt64) -> Waiter? {
        guard let index = entries.firstIndex(where: { $0.token == token }) else { return nil }
        return entries.remove(at: index).waiter
    }

    mutating func take(upTo sequence: UInt64) -> [Entry] {
        let end = entries.firstIndex { $0.sequence > sequence } ?? entries.count
        defer { entries.removeFirst(end) }
        return Array(entries[..<end])
    }

    mutating func takeExpired(now: Int64) -> [Waiter] {
        guard now >= earliest else { return [] }
        let expired = entries.filter { $0.deadline <= now }
        entries.removeAll { $0.deadline <= now }
        earliest = entries.map(\.deadline).min() ?? .max
        return expired.map(\.waiter)
    }

    mutating func takeAll() -> [Waiter] {
        defer { entries = [] }
        return entries.map(\.waiter)
    }

    mutating func renumber(shift: UInt64) {
        for index in entries.indices { entries[index].sequence -= shift }
    }
}
