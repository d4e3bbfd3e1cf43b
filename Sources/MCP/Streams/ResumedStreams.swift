import NIOConcurrencyHelpers

/// Streams that clients came back to before they were whole: woken when the store has more of them.
struct ResumedStreams: Sendable {
    private let waiting = NIOLockedValueBox<[StreamID: AsyncStream<Void>.Continuation]>([:])

    /// A signal for each further event; ends when the task is cancelled, or when the client comes back once more.
    func signals(of stream: StreamID) -> AsyncStream<Void> {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        waiting.withLockedValue { $0.updateValue(continuation, forKey: stream) }?.finish()
        return signals
    }

    func wake(_ stream: StreamID) {
        _ = waiting.withLockedValue { $0[stream] }?.yield()
    }

    func forget(_ stream: StreamID) {
        waiting.withLockedValue { $0.removeValue(forKey: stream) }?.finish()
    }
}
