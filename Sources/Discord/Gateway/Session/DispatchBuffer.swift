import NIOConcurrencyHelpers

/// Dispatches on their way from the connection to the consumer: one producer, one consumer, bounded.
final class DispatchBuffer: Sendable {
    private struct State {
        var dispatches: [GatewayDispatch] = []
        var bytes = 0
        var producer: CheckedContinuation<Void, Never>?
        var consumer: CheckedContinuation<Void, Never>?
    }

    private let capacity: Int
    private let byteCapacity: Int
    private let state = NIOLockedValueBox(State())

    init(capacity: Int = 512, byteCapacity: Int = 32 << 20) {
        self.capacity = capacity
        self.byteCapacity = byteCapacity
    }

    /// The producer waits for the consumer.
    var isHoldingProducer: Bool {
        state.withLockedValue { $0.producer != nil }
    }

    /// Takes the dispatch, then waits while too much lies here. Nothing is lost when the task is cancelled.
    func push(_ dispatch: GatewayDispatch) async {
        let waiting = state.withLockedValue { state in
            state.dispatches.append(dispatch)
            state.bytes += dispatch.data.count
            defer { state.consumer = nil }
            return state.consumer
        }
        waiting?.resume()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isFree = state.withLockedValue { state in
                    guard isFull(state), !Task.isCancelled else { return true }
                    state.producer = continuation
                    return false
                }
                if isFree { continuation.resume() }
            }
        } onCancel: {
            state.withLockedValue { state in
                defer { state.producer = nil }
                return state.producer
            }?.resume()
        }
    }

    /// All that lies here, at least one; nil when the task is cancelled.
    func next() async -> [GatewayDispatch]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLockedValue { state in
                    guard state.dispatches.isEmpty, !Task.isCancelled else { return true }
                    state.consumer = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLockedValue { state in
                defer { state.consumer = nil }
                return state.consumer
            }?.resume()
        }
        guard !Task.isCancelled else { return nil }
        let (batch, waiting) = state.withLockedValue { state in
            defer {
                state.dispatches = []
                state.bytes = 0
                state.producer = nil
            }
            return (state.dispatches, state.producer)
        }
        waiting?.resume()
        return batch
    }

    private func isFull(_ state: State) -> Bool {
        state.dispatches.count >= capacity || state.bytes >= byteCapacity
    }
}
