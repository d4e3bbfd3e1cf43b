internal import NIOConcurrencyHelpers

/// Hands items to a flow on the reactor's thread without suspending the sender; the thread is woken once for many.
final class Outbox<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item] = []
        var isClosed = false
    }

    private let state = NIOLockedValueBox(State())
    private let thread: ReactorThread

    init(thread: ReactorThread) {
        self.thread = thread
    }

    /// - Returns: false when the flow is closed; nobody will see the item.
    @discardableResult
    func append(_ item: Item) -> Bool {
        let (isFirst, isOpen) = state.withLockedValue { state in
            guard !state.isClosed else { return (false, false) }
            state.items.append(item)
            return (state.items.count == 1, true)
        }
        if isFirst { thread.wake() }
        return isOpen
    }

    func takeAll() -> [Item] {
        state.withLockedValue { state in
            var items: [Item] = []
            swap(&items, &state.items)
            return items
        }
    }

    /// - Returns: what was never taken.
    func close() -> [Item] {
        state.withLockedValue { state in
            state.isClosed = true
            defer { state.items = [] }
            return state.items
        }
    }
}
