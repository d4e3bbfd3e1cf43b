import HTTPTypes
import NIOConcurrencyHelpers

/// The answer to one HTTP request while it is not decided whether it becomes one JSON body or a stream of events.
///
/// It becomes a stream at the first message before the result, or when the result takes long. A call that does neither
/// never pays for a stream.
final class ClientStream: Sendable {
    private struct State {
        var phase = Phase.quiet
        /// Of the last event with an id.
        var sequence = 0
        var lastWrite: ContinuousClock.Instant
        /// The client closed, or was let go: messages are only recorded.
        var isDetached = false
    }

    private enum Phase {
        case quiet, open, over
    }

    static let headers: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-cache, no-transform",
        HTTPField.Name("X-Accel-Buffering")!: "no",
    ]

    /// Nil for streams nobody can resume.
    let recording: StreamRecording?
    private let sink: any ResponseSink
    private let extraHeaders: HTTPFields
    private let onLongLived: (@Sendable () -> Void)?
    private let state: NIOLockedValueBox<State>

    /// - Parameters:
    ///   - headers: for the response, whatever it will be.
    ///   - onLongLived: called when the stream is no request in work any more, but one that stays open.
    init(
        _ sink: any ResponseSink,
        headers: HTTPFields = HTTPFields(),
        recording: StreamRecording? = nil,
        began: ContinuousClock.Instant,
        onLongLived: (@Sendable () -> Void)? = nil
    ) {
        self.sink = sink
        self.recording = recording
        extraHeaders = headers
        self.onLongLived = onLongLived
        state = NIOLockedValueBox(State(lastWrite: began))
    }

    /// Whether the answer is a stream: then its end is told on it.
    var hasBegun: Bool {
        state.withLockedValue { $0.phase != .quiet }
    }

    var isOver: Bool {
        state.withLockedValue { $0.phase == .over }
    }

    /// Begins the stream without a message.
    func begin() {
        state.withLockedValue { state in
            if state.phase == .quiet { begin(&state) }
        }
    }

    func becomeLongLived() {
        begin()
        onLongLived?()
    }

    /// Sends one message, before the result.
    /// - Returns: false when nobody will get it.
    @discardableResult
    func send(_ json: [UInt8]) -> Bool {
        state.withLockedValue { state in
            if state.phase == .quiet { begin(&state) }
            guard state.phase == .open else { return false }
            return write(json, &state)
        }
    }

    /// Sends a message again that was recorded before.
    /// - Returns: false when nobody will get it.
    func resend(_ json: [UInt8], id: String) -> Bool {
        state.withLockedValue { state in
            if state.phase == .quiet { begin(&state) }
            guard state.phase == .open else { return false }
            state.lastWrite = .now
            return sink.write(ServerSentEvent.message(json, id: id))
        }
    }

    /// Sends the last message and ends the stream.
    /// - Returns: false when the answer is no stream; nothing is sent then.
    @discardableResult
    func finish(_ json: [UInt8]?) -> Bool {
        state.withLockedValue { state in
            guard state.phase != .quiet else {
                state.phase = .over
                return false
            }
            guard state.phase == .open else { return true }
            if let json { write(json, &state) }
            recording?.finish()
            state.phase = .over
            if !state.isDetached { sink.end() }
            return true
        }
    }

    /// Ends the stream in the middle: the client is too slow, or no longer allowed.
    func abort() {
        state.withLockedValue { state in
            guard state.phase == .open else { return }
            state.phase = .over
            if !state.isDetached { sink.abort() }
        }
    }

    /// Ends the response, and lets the call go on: the client comes back for the rest.
    func release() {
        state.withLockedValue { state in
            if state.phase == .quiet { begin(&state) }
            guard state.phase == .open, recording != nil, !state.isDetached else { return }
            state.isDetached = true
            sink.end()
        }
    }

    /// Keeps the connection alive when it has been silent for long.
    func keepAlive(now: ContinuousClock.Instant, silence: Duration) {
        state.withLockedValue { state in
            guard state.phase != .over, !state.isDetached, now - state.lastWrite >= silence else { return }
            if state.phase == .quiet { begin(&state) }
            state.lastWrite = now
            sink.write(ServerSentEvent.comment)
        }
    }

    private func begin(_ state: inout State) {
        state.phase = .open
        // Before the client can know of the stream: it may come back at once.
        recording?.begin()
        sink.begin(.ok, headers: Self.headers + extraHeaders)
        guard let recording, let retry = recording.retry else { return }
        sink.write(ServerSentEvent.priming(id: recording.eventID(0), retry: retry))
    }

    @discardableResult
    private func write(_ json: [UInt8], _ state: inout State) -> Bool {
        state.lastWrite = .now
        guard let recording else { return sink.write(ServerSentEvent.message(json)) }
        state.sequence += 1
        recording.record(json, sequence: state.sequence)
        guard !state.isDetached else { return true }
        return sink.write(ServerSentEvent.message(json, id: recording.eventID(state.sequence)))
    }
}

extension HTTPFields {
    static func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
        var sum = left
        sum.append(contentsOf: right)
        return sum
    }
}
