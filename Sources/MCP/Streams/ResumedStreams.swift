import NIOConcurrencyHelpers

/// Streams that clients came back to before they were whole: woken when the store has more of them.
struct ResumedStreams: Sendable {
    private struct State {
        var next = 0
        var waiting: [StreamID: (number: Int, continuation: AsyncStream<Void>.Continuation)] = [:]
    }

    private let state = NIOLockedValueBox(State())

    /// A signal for each further event; ends when the task is cancelled, or when the client comes back once more.
    /// - Returns: a number for ``forget(_:_:)`` beside the signals.
    func signals(of stream: StreamID) -> (number: Int, signals: AsyncStream<Void>) {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let (number, former) = state.withLockedValue { state in
            state.next += 1
            return (state.next, state.waiting.updateValue((state.next, continuation), forKey: stream))
        }
        former?.continuation.finish()
        return (number, signals)
    }

    func wake(_ stream: StreamID) {
        _ = state.withLockedValue { $0.waiting[stream] }?.continuation.yield()
    }

    /// Nobody waits under that number any more; who came back later goes on.
    func forget(_ stream: StreamID, _ number: Int) {
        state.withLockedValue { state in
            if state.waiting[stream]?.number == number { state.waiting[stream] = nil }
        }
    }
}
