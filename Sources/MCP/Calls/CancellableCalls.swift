import NIOConcurrencyHelpers

/// Legacy calls in work, which their clients may take back by name. In the modern era closing the connection does that.
struct CancellableCalls: Sendable {
    struct Name: Hashable {
        let session: String
        let request: JSONValue
    }

    private typealias Signal = AsyncStream<Never>.Continuation

    private let signals = NIOLockedValueBox<[Name: Signal]>([:])

    /// - Returns: nil when the call was taken back.
    func run<Value: Sendable>(_ name: Name, _ call: @escaping @Sendable () async -> Value) async -> Value? {
        let (stream, signal) = AsyncStream.makeStream(of: Never.self)
        let isFirst = signals.withLockedValue { signals in
            guard signals[name] == nil else { return false }
            signals[name] = signal
            return true
        }
        defer {
            if isFirst { signals.withLockedValue { _ = $0.removeValue(forKey: name) } }
        }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await call() }
            group.addTask {
                for await _ in stream {}
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    func cancel(_ name: Name) {
        signals.withLockedValue { $0[name] }?.finish()
    }

    /// Whether the call is in work here.
    func isRunning(_ name: Name) -> Bool {
        signals.withLockedValue { $0[name] != nil }
    }

    func running(in session: String) -> [Name] {
        signals.withLockedValue { $0.keys.filter { $0.session == session } }
    }
}
