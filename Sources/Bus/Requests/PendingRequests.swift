internal import Contracts

/// The requests of one client that have no answer yet. Pure: times are monotonic milliseconds.
///
/// A request is held until the peer is connected, sent again when the connection was new, and (commands) sent again
/// while no answer comes. The same id asked twice is one request with two waiters.
struct PendingRequests<Waiter: Sendable>: Sendable {
    struct Policy: Hashable, Sendable {
        /// Requests without an answer at one time.
        var window: Int
        /// Commands are sent again after this time without an answer.
        var resendInterval: Int64
        /// A request fails when the peer stays away this long.
        var connectGrace: Int64
    }

    enum Registration: Hashable, Sendable {
        case send(BusMessage)
        /// Sent when the peer is connected.
        case held
        /// The same request is on its way already.
        case attached
        case full
        /// Another request with this id is on its way.
        case conflict
    }

    enum Failure: Hashable, Sendable {
        /// Never left this process.
        case unavailable
        /// A read without an answer in time.
        case expired
        /// A command that left this process, and nobody knows what came of it.
        case inDoubt
    }

    /// A server's answer that it did not begin the work this time.
    enum Refusal: Hashable, Sendable {
        /// Full; the time is in milliseconds.
        case busy(retryAfter: Int64)
        case expired
    }

    enum RefusalOutcome: Sendable {
        /// Nothing was done.
        case refused([Waiter])
        /// An earlier sending may have been carried out.
        case inDoubt([Waiter])
        /// Sent again later: an earlier sending may have been carried out, and only its server's memory can tell.
        case retried
        /// Nobody waits for the id any more.
        case late
    }

    struct Due: Sendable {
        var sends: [BusMessage] = []
        var failures: [(waiter: Waiter, failure: Failure)] = []
    }

    private struct Entry: Sendable {
        var message: BusMessage
        let order: UInt64
        let registeredAt: Int64
        var isSent = false
        /// Of a command that was sent, or of a request that the socket did not take.
        var nextSend: Int64 = .max
        var waiters: [(token: UInt64, waiter: Waiter, deadline: Int64)]

        var isCommand: Bool { message.header.kind == .command }
        var isResent: Bool { message.header.flags.contains(.resent) }
    }

    private let policy: Policy
    private var entries: [MessageID: Entry] = [:]
    private var order: UInt64 = 0
    private var isConnected = false
    private var disconnectedAt: Int64
    /// Nothing is due before this time; a lower bound, so that answers need no bookkeeping.
    private var earliest: Int64 = .max

    init(policy: Policy, now: Int64) {
        self.policy = policy
        disconnectedAt = now
    }

    var count: Int { entries.count }
    var due: Int64? { earliest == .max ? nil : earliest }

    mutating func register(
        _ message: BusMessage, token: UInt64, waiter: Waiter, deadline: Int64, now: Int64
    ) -> Registration {
        let id = message.header.id
        if var entry = entries.removeValue(forKey: id) {
            defer { entries[id] = entry }
            guard entry.message.asksTheSame(as: message) else { return .conflict }
            entry.waiters.append((token, waiter, deadline))
            note(deadline)
            return .attached
        }
        guard entries.count < policy.window else { return .full }
        order += 1
        var entry = Entry(
            message: message, order: order, registeredAt: now, waiters: [(token, waiter, deadline)])
        if isConnected { markSent(&entry, now: now) }
        entries[id] = entry
        note(nextTime(of: entry))
        return isConnected ? .send(message) : .held
    }

    /// The socket did not take the message: try again shortly.
    mutating func sendFailed(_ id: MessageID, retryAt: Int64) {
        guard var entry = entries.removeValue(forKey: id) else { return }
        entry.nextSend = retryAt
        if !entry.isResent { entry.isSent = false }
        entries[id] = entry
        note(retryAt)
    }

    /// - Returns: who waited; nil when the answer comes too late.
    mutating func answer(_ id: MessageID) -> [Waiter]? {
        entries.removeValue(forKey: id)?.waiters.map(\.waiter)
    }

    /// A refusal speaks of one sending only: a command that was sent before that may have been carried out.
    mutating func refuse(_ id: MessageID, _ refusal: Refusal, now: Int64) -> RefusalOutcome {
        guard var entry = entries[id] else { return .late }
        let waiters = entry.waiters.map(\.waiter)
        switch refusal {
        case _ where !(entry.isCommand && entry.isResent):
            entries[id] = nil
            return .refused(waiters)
        case .expired:
            entries[id] = nil
            return .inDoubt(waiters)
        case .busy(let retryAfter):
            entry.nextSend = now + (retryAfter > 0 ? retryAfter : policy.resendInterval)
            entries[id] = entry
            note(nextTime(of: entry))
            return .retried
        }
    }

    /// - Returns: the waiter, and whether the peer should hear that nobody waits for the id any more.
    mutating func cancel(_ id: MessageID, token: UInt64) -> (waiter: Waiter, wasSent: Bool, isLast: Bool)? {
        guard var entry = entries[id], let index = entry.waiters.firstIndex(where: { $0.token == token }) else {
            return nil
        }
        let waiter = entry.waiters.remove(at: index).waiter
        let isLast = entry.waiters.isEmpty
        entries[id] = isLast ? nil : entry
        return (waiter, entry.isSent, isLast)
    }

    /// - Returns: everything that waits, oldest first, to be sent on the new connection.
    mutating func connected(now: Int64) -> [BusMessage] {
        isConnected = true
        return send(entries.keys.map { $0 }, now: now)
    }

    mutating func disconnected(now: Int64) {
        guard isConnected else { return }
        isConnected = false
        disconnectedAt = now
        for entry in entries.values { note(nextTime(of: entry)) }
    }

    mutating func takeDue(now: Int64) -> Due {
        var due = Due()
        guard now >= earliest else { return due }
        earliest = .max
        var resend: [MessageID] = []
        for id in Array(entries.keys) {
            guard var entry = entries.removeValue(forKey: id) else { continue }
            let isAbandoned = now >= graceEnd(of: entry)
            var remaining: [(token: UInt64, waiter: Waiter, deadline: Int64)] = []
            for waiter in entry.waiters {
                if isAbandoned {
                    due.failures.append((waiter.waiter, .unavailable))
                } else if now >= waiter.deadline {
                    due.failures.append((waiter.waiter, failure(of: entry)))
                } else {
                    remaining.append(waiter)
                }
            }
            guard !remaining.isEmpty else { continue }
            entry.waiters = remaining
            if isConnected, now >= entry.nextSend { resend.append(id) } else { note(nextTime(of: entry)) }
            entries[id] = entry
        }
        due.sends = send(resend, now: now)
        return due
    }

    /// - Returns: every waiter; nothing is pending afterwards.
    mutating func removeAll() -> [(waiter: Waiter, failure: Failure)] {
        defer { entries = [:] }
        return entries.values.flatMap { entry in entry.waiters.map { ($0.waiter, failure(of: entry)) } }
    }

    private mutating func send(_ ids: [MessageID], now: Int64) -> [BusMessage] {
        var messages: [(order: UInt64, message: BusMessage)] = []
        for id in ids {
            guard var entry = entries.removeValue(forKey: id) else { continue }
            if entry.isSent { entry.message.header.flags.insert(.resent) }
            markSent(&entry, now: now)
            messages.append((entry.order, entry.message))
            note(nextTime(of: entry))
            entries[id] = entry
        }
        return messages.sorted { $0.order < $1.order }.map(\.message)
    }

    private func markSent(_ entry: inout Entry, now: Int64) {
        entry.isSent = true
        entry.nextSend = entry.isCommand ? now + policy.resendInterval : .max
    }

    private func failure(of entry: Entry) -> Failure {
        guard entry.isSent else { return .unavailable }
        return entry.isCommand ? .inDoubt : .expired
    }

    /// A command that was sent waits for its answer to the end, wherever the peer is.
    private func graceEnd(of entry: Entry) -> Int64 {
        guard !isConnected, !(entry.isCommand && entry.isSent) else { return .max }
        return max(disconnectedAt, entry.registeredAt) + policy.connectGrace
    }

    private func nextTime(of entry: Entry) -> Int64 {
        let deadline = entry.waiters.map(\.deadline).min() ?? .max
        return min(deadline, isConnected ? entry.nextSend : graceEnd(of: entry))
    }

    private mutating func note(_ time: Int64) {
        earliest = min(earliest, time)
    }
}
