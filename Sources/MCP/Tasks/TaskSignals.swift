import NIOConcurrencyHelpers

/// Wakes running tasks when their records change, here or on another front door.
struct TaskSignals: Sendable {
    private let waiting = NIOLockedValueBox<[String: AsyncStream<Void>.Continuation]>([:])

    /// One signal at once, then one for each change; ends when the task is cancelled.
    func signals(of id: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        continuation.yield()
        waiting.withLockedValue { $0[id] = continuation }
        return stream
    }

    func signal(_ id: String) {
        _ = waiting.withLockedValue { $0[id] }?.yield()
    }

    func forget(_ id: String) {
        waiting.withLockedValue { $0.removeValue(forKey: id) }?.finish()
    }

    /// In case a letter was lost.
    func signalAll() {
        for continuation in waiting.withLockedValue({ Array($0.values) }) { continuation.yield() }
    }
}
