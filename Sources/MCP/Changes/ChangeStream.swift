import NIOConcurrencyHelpers

/// A stream that stays open to tell a client of changes: `subscriptions/listen`, or a legacy session's own stream.
final class ChangeStream: Sendable {
    enum Owner: Sendable {
        /// The id of the request that opened it.
        case modern(subscription: JSONValue)
        case legacy(session: String)
    }

    private struct State {
        var waiter: CheckedContinuation<Void, Never>?
        var isOver = false
    }

    let caller: Caller
    let bearer: String
    let owner: Owner
    let stream: ClientStream
    private let state = NIOLockedValueBox(State())

    init(caller: Caller, bearer: String, owner: Owner, stream: ClientStream) {
        self.caller = caller
        self.bearer = bearer
        self.owner = owner
        self.stream = stream
    }

    /// - Returns: false when the client is gone or reads too slowly.
    func tell(_ change: Change, _ content: (@Sendable (inout JSONWriter) -> Void)?) -> Bool {
        let subscription: JSONValue? = if case .modern(let id) = owner { id } else { nil }
        return stream.send(change.notification(subscription: subscription, content: content))
    }

    /// Returns when the stream is over, or the task is cancelled because the client left.
    func untilOver() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLockedValue { state in
                    if !state.isOver, !Task.isCancelled {
                        state.waiter = continuation
                        return false
                    }
                    return true
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            over()
        }
    }

    func over() {
        let waiter = state.withLockedValue { state in
            state.isOver = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
