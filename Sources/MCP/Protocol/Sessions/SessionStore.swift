/// What a legacy session asked for beside its id.
public struct SessionState: Sendable, Equatable {
    /// Nil: the client never said.
    public var logLevel: LogLevel?
    /// URIs of the resources whose changes the client wants to hear of.
    public var subscriptions: Set<String>

    public init(logLevel: LogLevel? = nil, subscriptions: Set<String> = []) {
        self.logLevel = logLevel
        self.subscriptions = subscriptions
    }
}

/// Keeps the states of legacy sessions, for all front doors.
public protocol SessionStore: Sendable {
    /// The empty state for a session that is not known.
    func state(of session: String) async throws(Problem) -> SessionState

    /// - Parameter expiry: unix seconds; nothing need be kept after that.
    func setLogLevel(_ level: LogLevel, of session: String, until expiry: Int64) async throws(Problem)

    func setSubscribed(
        _ isSubscribed: Bool, to uri: String, session: String, until expiry: Int64
    ) async throws(Problem)
}

/// For one process.
public actor InMemorySessionStore: SessionStore {
    private var states: [String: (state: SessionState, expiry: Int64)] = [:]
    private let now: @Sendable () -> Int64

    /// - Parameter unixTime: seconds.
    public init(unixTime: (@Sendable () -> Int64)? = nil) {
        now = unixTime ?? Sessions.systemTime
    }

    public func state(of session: String) async throws(Problem) -> SessionState {
        states[session]?.state ?? SessionState()
    }

    public func setLogLevel(_ level: LogLevel, of session: String, until expiry: Int64) async throws(Problem) {
        change(session, expiry) { $0.logLevel = level }
    }

    public func setSubscribed(
        _ isSubscribed: Bool, to uri: String, session: String, until expiry: Int64
    ) async throws(Problem) {
        change(session, expiry) { state in
            if isSubscribed {
                state.subscriptions.insert(uri)
            } else {
                state.subscriptions.remove(uri)
            }
        }
    }

    private func change(_ session: String, _ expiry: Int64, _ change: (inout SessionState) -> Void) {
        if states.count > 1000 {
            let now = now()
            states = states.filter { $0.value.expiry > now }
        }
        change(&states[session, default: (SessionState(), expiry)].state)
    }
}
