import Contracts
import NIOConcurrencyHelpers

/// The events about messages of the last moments, so that the answer to a change can wait for its own event.
final class MessageArrivals: Sendable {
    struct Arrival: Hashable {
        let type: String
        let messageID: UInt64
    }

    private struct State {
        /// Oldest first: an event may come before the answer that waits for it.
        var recent: [Arrival] = []
        var waiters: [Arrival: [AsyncStream<Never>.Continuation]] = [:]
    }

    private static let memory = 512
    private let state = NIOLockedValueBox(State())

    func note(_ event: WireEvent) {
        guard event.messageID != 0 else { return }
        let arrival = Arrival(type: event.type, messageID: event.messageID)
        let waiters = state.withLockedValue { state in
            if state.recent.count >= Self.memory { state.recent.removeFirst(Self.memory / 2) }
            state.recent.append(arrival)
            return state.waiters.removeValue(forKey: arrival) ?? []
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Returns when the event has come, or after that time: then the gateway process is behind or away.
    func wait(for arrival: Arrival, atMost limit: Duration) async {
        let (comes, waiter) = AsyncStream.makeStream(of: Never.self)
        let isHere = state.withLockedValue { state in
            if state.recent.contains(arrival) { return true }
            state.waiters[arrival, default: []].append(waiter)
            return false
        }
        guard !isHere else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in comes {} }
            // Cancelled when the event came first.
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
        state.withLockedValue { _ = $0.waiters.removeValue(forKey: arrival) }
    }
}
