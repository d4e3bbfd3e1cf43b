import NIOConcurrencyHelpers

/// Knows which open stream wants to hear of which change.
final class ChangeHub: Sendable {
    typealias Number = Int

    enum Full: Error {
        /// This caller has as many streams as it may have.
        case caller
        case server
        /// The server stops.
        case draining
    }

    private struct State {
        var next: Number = 0
        var streams: [Number: (stream: ChangeStream, wanted: Set<Change>)] = [:]
        var byChange: [Change: Set<Number>] = [:]
        var byCaller: [String: Int] = [:]
        var isDraining = false
    }

    private let limits: StreamLimits
    private let state = NIOLockedValueBox(State())

    init(limits: StreamLimits) {
        self.limits = limits
    }

    func add(_ stream: ChangeStream, wanting changes: Set<Change>) throws(Full) -> Number {
        let outcome: Result<Number, Full> = state.withLockedValue { state in
            guard !state.isDraining else { return .failure(.draining) }
            guard state.streams.count < limits.inAll else { return .failure(.server) }
            guard state.byCaller[stream.caller.id, default: 0] < limits.perCaller else { return .failure(.caller) }
            state.next += 1
            state.streams[state.next] = (stream, changes)
            state.byCaller[stream.caller.id, default: 0] += 1
            for change in changes { state.byChange[change, default: []].insert(state.next) }
            return .success(state.next)
        }
        return try outcome.get()
    }

    func remove(_ number: Number) {
        state.withLockedValue { state in
            guard let (stream, wanted) = state.streams.removeValue(forKey: number) else { return }
            Self.forget(wanted, of: number, &state)
            let left = state.byCaller[stream.caller.id, default: 1] - 1
            state.byCaller[stream.caller.id] = left > 0 ? left : nil
        }
    }

    /// The stream wants to hear of other changes from now on.
    func change(_ number: Number, wanting changes: Set<Change>) {
        state.withLockedValue { state in
            guard let entry = state.streams[number] else { return }
            Self.forget(entry.wanted, of: number, &state)
            state.streams[number] = (entry.stream, changes)
            for change in changes { state.byChange[change, default: []].insert(number) }
        }
    }

    /// - Parameter isConcerned: whether a caller may hear of it.
    func publish(
        _ change: Change,
        to isConcerned: (Caller) -> Bool = { _ in true },
        content: (@Sendable (inout JSONWriter) -> Void)? = nil
    ) {
        let streams = state.withLockedValue { state in
            (state.byChange[change] ?? []).sorted().compactMap { state.streams[$0]?.stream }
        }
        for stream in streams where isConcerned(stream.caller) {
            guard !stream.tell(change, content) else { continue }
            // Ended, so that the client knows it has missed something: nothing is dropped in silence.
            stream.stream.abort()
            stream.over()
        }
    }

    func isWanted(_ change: Change) -> Bool {
        state.withLockedValue { $0.byChange[change] != nil }
    }

    /// Streams of sessions, with their numbers.
    func streams(ofSession session: String) -> [(number: Number, stream: ChangeStream)] {
        all { stream in
            if case .legacy(session) = stream.owner { true } else { false }
        }
    }

    func all(where isWanted: (ChangeStream) -> Bool = { _ in true }) -> [(number: Number, stream: ChangeStream)] {
        state.withLockedValue { state in
            state.streams.filter { isWanted($0.value.stream) }.map { ($0.key, $0.value.stream) }
        }
    }

    /// No further stream is taken.
    func drain() {
        state.withLockedValue { $0.isDraining = true }
    }

    private static func forget(_ changes: Set<Change>, of number: Number, _ state: inout State) {
        for change in changes {
            state.byChange[change]?.remove(number)
            if state.byChange[change]?.isEmpty == true { state.byChange[change] = nil }
        }
    }
}

/// How many streams of changes may be open.
public struct StreamLimits: Sendable {
    public var inAll: Int
    public var perCaller: Int
    /// Resources that one stream may name.
    public var resources: Int

    public init(inAll: Int = 1024, perCaller: Int = 32, resources: Int = 256) {
        self.inAll = inAll
        self.perCaller = perCaller
        self.resources = resources
    }
}
