import NIOConcurrencyHelpers

/// Where one command's result goes, exactly once: the reply, the time-out, the lost connection and the cancelled task
/// may all come, in any order and on any thread; the first one counts.
final class PendingReply: Sendable {
    typealias Outcome = Result<RedisValue, RedisError>

    private enum State {
        case empty
        case waiting(CheckedContinuation<Outcome, Never>)
        case early(Outcome)
        case finished
    }

    private let state = NIOLockedValueBox(State.empty)

    func finish(_ outcome: Outcome) {
        let waiter = state.withLockedValue { state -> CheckedContinuation<Outcome, Never>? in
            switch state {
            case .empty:
                state = .early(outcome)
                return nil
            case .waiting(let continuation):
                state = .finished
                return continuation
            case .early, .finished:
                return nil
            }
        }
        waiter?.resume(returning: outcome)
    }

    func outcome() async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLockedValue { state -> Outcome? in
                    if case .early(let outcome) = state {
                        state = .finished
                        return outcome
                    }
                    state = .waiting(continuation)
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            finish(.failure(.cancelled))
        }
    }
}
