import NIOConcurrencyHelpers

/// Questions that legacy clients were asked and have not answered yet.
final class Mailroom: Sendable {
    enum Reply: Sendable {
        case result(JSONValue)
        /// The client could not answer.
        case error
        /// It did not answer in time, or nobody waits any more.
        case nothing
    }

    private struct Expected {
        let session: String
        let deadline: ContinuousClock.Instant
        var reply: Reply?
        var waiter: CheckedContinuation<Reply, Never>?
    }

    private static let maximumExpected = 10_000

    /// Names this front door in its tickets.
    let door = RandomName.next()
    private let expected = NIOLockedValueBox<[String: Expected]>([:])

    /// An id for a question, that nobody can guess.
    func ticket() -> String {
        "\(door).\(RandomName.next())"
    }

    /// Whether the question was asked here.
    func isOurs(_ ticket: String) -> Bool {
        ticket.hasPrefix(door + ".")
    }

    /// To be called before the question is sent.
    func expect(_ ticket: String, session: String, until deadline: ContinuousClock.Instant) {
        expected.withLockedValue { expected in
            guard expected.count < Self.maximumExpected else { return }
            expected[ticket] = Expected(session: session, deadline: deadline)
        }
    }

    func forget(_ ticket: String) {
        resume(ticket, with: .nothing)
        expected.withLockedValue { _ = $0.removeValue(forKey: ticket) }
    }

    /// Waits for an answer. May be called once for a ticket.
    func reply(to ticket: String) async -> Reply {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let reply: Reply? = expected.withLockedValue { expected in
                    guard let reply = expected[ticket].map({ $0.reply }) else { return .nothing }
                    if let reply {
                        expected[ticket] = nil
                        return reply
                    }
                    if Task.isCancelled {
                        expected[ticket] = nil
                        return .nothing
                    }
                    expected[ticket]?.waiter = continuation
                    return nil
                }
                if let reply { continuation.resume(returning: reply) }
            }
        } onCancel: {
            resume(ticket, with: .nothing)
        }
    }

    /// - Parameter session: of the client that answers; others' answers count for nothing.
    func deliver(_ reply: Reply, to ticket: String, session: String) {
        guard expected.withLockedValue({ $0[ticket]?.session == session }) else { return }
        resume(ticket, with: reply)
    }

    /// Gives up questions that are too old.
    func tick(now: ContinuousClock.Instant) {
        let late = expected.withLockedValue { $0.filter { $0.value.deadline <= now }.map(\.key) }
        for ticket in late { resume(ticket, with: .nothing) }
    }

    private func resume(_ ticket: String, with reply: Reply) {
        let waiter = expected.withLockedValue { expected -> CheckedContinuation<Reply, Never>? in
            guard let entry = expected[ticket] else { return nil }
            guard let waiter = entry.waiter else {
                if entry.reply == nil { expected[ticket]?.reply = reply }
                return nil
            }
            expected[ticket] = nil
            return waiter
        }
        waiter?.resume(returning: reply)
    }
}
