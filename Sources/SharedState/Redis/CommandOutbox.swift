import NIOConcurrencyHelpers
import NIOCore

/// One encoded command on its way to the event loop.
struct QueuedCommand: Sendable {
    let bytes: ByteBuffer
    let reply: PendingReply
    let deadline: NIODeadline
}

/// Hands commands from any thread to the event loop: whatever came since its last turn leaves in one write.
final class CommandOutbox: Sendable {
    private struct State {
        var queued: [QueuedCommand] = []
        var inFlight = 0
        var isClosed = false
    }

    private let capacity: Int
    private let state = NIOLockedValueBox(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Whether the event loop must be told: only the first command since its last turn has to.
    func append(_ command: QueuedCommand) throws(RedisError) -> Bool {
        let result = state.withLockedValue { state -> Result<Bool, RedisError> in
            guard !state.isClosed else { return .failure(.unavailable(reason: "the client is closed")) }
            guard state.inFlight < capacity else { return .failure(.busy) }
            state.inFlight += 1
            state.queued.append(command)
            return .success(state.queued.count == 1)
        }
        return try result.get()
    }

    func take() -> [QueuedCommand] {
        state.withLockedValue { state in
            var queued: [QueuedCommand] = []
            swap(&queued, &state.queued)
            return queued
        }
    }

    /// Ends the commands and gives their places free.
    func finish(_ commands: some Collection<QueuedCommand>, _ outcome: PendingReply.Outcome) {
        // First the places, then the waiters: a caller that goes on must find its own place free.
        state.withLockedValue { $0.inFlight -= commands.count }
        for command in commands { command.reply.finish(outcome) }
    }

    func close() {
        state.withLockedValue { $0.isClosed = true }
    }
}
