import Glibc

/// The life of one child as a pure function of what happens and when. Times are monotonic, from any origin.
struct ChildStateMachine: Sendable {
    enum Event: Hashable, Sendable {
        /// Everything it depends on is ready.
        case start
        case notStarted(String)
        case saysReady
        case beats
        case exited(ChildExit)
        /// Ends it for good.
        case stop
        /// Ends it without patience.
        case kill
        /// Ends it and starts it again; never counts as a death.
        case restart
        /// The time of ``ChildStateMachine/deadline`` has come.
        case deadline
    }

    enum Action: Hashable, Sendable {
        case spawn
        case signal(Int32)
        case becameReady
        /// The child needs more than a restart: end the stack.
        case escalate(ChildFailure)
    }

    private enum Phase: Hashable, Sendable {
        case stopped
        case starting(until: Duration)
        case ready(since: Duration, silentUntil: Duration?)
        /// Hangs: got SIGABRT, or SIGKILL when `killAt` is nil. `readySince` is nil when it never got ready.
        case aborting(killAt: Duration?, readySince: Duration?)
        case draining(killAt: Duration?, startsAgain: Bool)
        case backoff(until: Duration)
        case failed
    }

    let policy: RestartPolicy
    private var phase = Phase.stopped
    private var quickDeaths = 0
    private(set) var tally = DeathTally()

    init(policy: RestartPolicy) {
        self.policy = policy
    }

    var state: ChildState {
        switch phase {
        case .stopped: .stopped
        case .starting: .starting
        case .ready: .ready
        case .aborting(_, let readySince): readySince == nil ? .starting : .ready
        case .draining: .draining
        case .backoff: .backoff
        case .failed: .failed
        }
    }

    /// When ``Event/deadline`` is due.
    var deadline: Duration? {
        switch phase {
        case .stopped, .failed: nil
        case .starting(let until), .backoff(let until): until
        case .ready(_, let silentUntil): silentUntil
        case .aborting(let killAt, _), .draining(let killAt, _): killAt
        }
    }

    mutating func handle(
        _ event: Event,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch event {
        case .start: start(at: now)
        case .notStarted(let reason): died(.notStarted(reason), readySince: nil, at: now, using: &random)
        case .saysReady: saysReady(at: now)
        case .beats: beats(at: now)
        case .exited(let exit): exited(exit, at: now, using: &random)
        case .stop: stop(startsAgain: false, at: now)
        case .restart: stop(startsAgain: true, at: now)
        case .kill: kill()
        case .deadline: deadlinePassed(at: now)
        }
    }

    private mutating func start(at now: Duration) -> [Action] {
        guard case .stopped = phase else { return [] }
        return spawn(at: now)
    }

    private mutating func spawn(at now: Duration) -> [Action] {
        phase = .starting(until: now + policy.startLimit)
        return [.spawn]
    }

    private mutating func saysReady(at now: Duration) -> [Action] {
        guard case .starting = phase else { return [] }
        phase = .ready(since: now, silentUntil: policy.watchdogLimit.map { now + $0 })
        return [.becameReady]
    }

    private mutating func beats(at now: Duration) -> [Action] {
        if case .ready(let since, .some) = phase {
            phase = .ready(since: since, silentUntil: policy.watchdogLimit.map { now + $0 })
        }
        return []
    }

    private mutating func exited(
        _ exit: ChildExit,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        switch phase {
        case .stopped, .backoff, .failed: return []
        case .draining(_, let startsAgain):
            phase = .stopped
            return startsAgain ? spawn(at: now) : []
        case .starting: return died(exit, readySince: nil, at: now, using: &random)
        case .ready(let since, _): return died(exit, readySince: since, at: now, using: &random)
        case .aborting(_, let since): return died(exit, readySince: since, at: now, using: &random)
        }
    }

    private mutating func died(
        _ cause: ChildExit,
        readySince: Duration?,
        at now: Duration,
        using random: inout some RandomNumberGenerator
    ) -> [Action] {
        let recent = tally.add(cause, at: now, window: policy.intensityWindow)
        if cause.isPermanent {
            phase = .failed
            return [.escalate(.permanent(cause))]
        }
        if recent > policy.intensity {
            phase = .failed
            return [.escalate(.tooManyDeaths(recent, last: cause))]
        }
        let readyFor = readySince.map { now - $0 } ?? .zero
        if readyFor > policy.forgivenAfter { quickDeaths = 0 }
        if readyFor > policy.steadyAfter { return spawn(at: now) }
        quickDeaths += 1
        phase = .backoff(until: now + policy.delay(afterFailures: quickDeaths, using: &random))
        return []
    }

    private mutating func stop(startsAgain: Bool, at now: Duration) -> [Action] {
        switch phase {
        case .stopped: return startsAgain ? spawn(at: now) : []
        case .backoff, .failed:
            phase = .stopped
            return startsAgain ? spawn(at: now) : []
        case .draining(let killAt, _):
            phase = .draining(killAt: killAt, startsAgain: startsAgain)
            return []
        case .aborting:
            // It hangs: there is nothing to drain.
            phase = .draining(killAt: nil, startsAgain: startsAgain)
            return [.signal(SIGKILL)]
        case .starting, .ready:
            phase = .draining(killAt: now + policy.stopLimit, startsAgain: startsAgain)
            return [.signal(SIGTERM)]
        }
    }

    private mutating func kill() -> [Action] {
        switch phase {
        case .stopped, .failed: return []
        case .backoff:
            phase = .stopped
            return []
        case .starting, .ready, .aborting, .draining:
            phase = .draining(killAt: nil, startsAgain: false)
            return [.signal(SIGKILL)]
        }
    }

    private mutating func deadlinePassed(at now: Duration) -> [Action] {
        guard let deadline, now >= deadline else { return [] }
        switch phase {
        case .stopped, .failed: return []
        case .backoff: return spawn(at: now)
        case .starting:
            phase = .aborting(killAt: now + policy.abortLimit, readySince: nil)
            return [.signal(SIGABRT)]
        case .ready(let since, _):
            phase = .aborting(killAt: now + policy.abortLimit, readySince: since)
            return [.signal(SIGABRT)]
        case .aborting(_, let since):
            phase = .aborting(killAt: nil, readySince: since)
            return [.signal(SIGKILL)]
        case .draining(_, let startsAgain):
            phase = .draining(killAt: nil, startsAgain: startsAgain)
            return [.signal(SIGKILL)]
        }
    }
}

/// Why a child cannot go on.
public enum ChildFailure: Hashable, Sendable, CustomStringConvertible {
    case permanent(ChildExit)
    case tooManyDeaths(Int, last: ChildExit)

    /// The operator must change something; a restart of the stack would end the same way.
    public var isConfiguration: Bool {
        switch self {
        case .permanent(.status(ChildExit.wrongConfiguration)), .permanent(.notStarted): true
        default: false
        }
    }

    public var description: String {
        switch self {
        case .permanent(let exit): "\(exit)"
        case .tooManyDeaths(let count, let last): "died \(count) times in a short time, the last time with \(last)"
        }
    }
}
