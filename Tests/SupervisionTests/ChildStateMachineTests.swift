import Glibc
import TestSupport
import Testing

@testable import Supervision

@Suite struct ChildStateMachineTests {
    private var random = SeededGenerator(seed: 1)

    private static func policy(_ change: (inout RestartPolicy) -> Void = { _ in }) -> RestartPolicy {
        var policy = RestartPolicy()
        policy.jitter = 0
        change(&policy)
        return policy
    }

    /// A machine that is ready since `time`.
    private static func ready(
        at time: Duration,
        _ policy: RestartPolicy = policy()
    ) -> (ChildStateMachine, SeededGenerator) {
        var machine = ChildStateMachine(policy: policy)
        var random = SeededGenerator(seed: 1)
        _ = machine.handle(.start, at: time, using: &random)
        _ = machine.handle(.saysReady, at: time, using: &random)
        return (machine, random)
    }

    @Test mutating func startsAndGetsReady() {
        var machine = ChildStateMachine(policy: Self.policy())
        #expect(machine.state == .stopped)
        #expect(machine.handle(.start, at: .zero, using: &random) == [.spawn])
        #expect(machine.state == .starting)
        #expect(machine.deadline == .seconds(10))
        #expect(machine.handle(.saysReady, at: .seconds(1), using: &random) == [.becameReady])
        #expect(machine.state == .ready)
        #expect(machine.deadline == .milliseconds(2500))
    }

    @Test mutating func aStartThatTakesTooLongIsEnded() {
        var machine = ChildStateMachine(policy: Self.policy())
        _ = machine.handle(.start, at: .zero, using: &random)
        #expect(machine.handle(.deadline, at: .seconds(9), using: &random) == [])
        #expect(machine.handle(.deadline, at: .seconds(10), using: &random) == [.signal(SIGABRT)])
        #expect(machine.state == .starting)
        #expect(machine.handle(.deadline, at: .milliseconds(10_500), using: &random) == [.signal(SIGKILL)])
        #expect(machine.handle(.exited(.signal(SIGKILL)), at: .seconds(11), using: &random) == [])
        #expect(machine.state == .backoff)
    }

    @Test func aHungChildIsReplacedWithinTwoAndAHalfSeconds() {
        var (machine, random) = Self.ready(at: .zero)
        #expect(machine.handle(.beats, at: .seconds(20), using: &random) == [])
        var now = Duration.seconds(20)
        var actions: [ChildStateMachine.Action] = []
        while let deadline = machine.deadline {
            now = deadline
            actions += machine.handle(.deadline, at: now, using: &random)
        }
        #expect(actions == [.signal(SIGABRT), .signal(SIGKILL)])
        #expect(machine.handle(.exited(.signal(SIGKILL)), at: now, using: &random) == [.spawn], "ready for long")
        #expect(now - .seconds(20) <= .milliseconds(2500))
    }

    @Test func heartbeatsKeepItAlive() {
        var (machine, random) = Self.ready(at: .zero)
        for beat in 1...100 {
            let now = Duration.milliseconds(500) * beat
            #expect(machine.handle(.beats, at: now, using: &random) == [])
            #expect(machine.handle(.deadline, at: now, using: &random) == [])
        }
        #expect(machine.state == .ready)
    }

    @Test func quickDeathsDoubleTheDelay() {
        var (machine, random) = Self.ready(at: .zero, Self.policy { $0.intensity = 100 })
        var now = Duration.zero
        var delays: [Duration] = []
        for _ in 0..<11 {
            #expect(machine.handle(.exited(.status(1)), at: now, using: &random) == [])
            let until = machine.deadline ?? .zero
            delays.append(until - now)
            now = until
            #expect(machine.handle(.deadline, at: now, using: &random) == [.spawn])
            _ = machine.handle(.saysReady, at: now, using: &random)
        }
        #expect(delays.prefix(4) == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)])
        #expect(delays.last == .seconds(30))
    }

    @Test func aSteadyChildIsStartedAgainAtOnceAndItsPastForgiven() {
        var (machine, random) = Self.ready(at: .zero)
        _ = machine.handle(.exited(.status(0)), at: .seconds(1), using: &random)
        #expect(machine.state == .backoff, "exit status 0 is a death too when nobody asked for it")
        _ = machine.handle(.deadline, at: .seconds(2), using: &random)
        _ = machine.handle(.saysReady, at: .seconds(2), using: &random)
        #expect(machine.handle(.exited(.signal(SIGSEGV)), at: .seconds(70), using: &random) == [.spawn])
        _ = machine.handle(.saysReady, at: .seconds(70), using: &random)
        _ = machine.handle(.exited(.signal(SIGSEGV)), at: .seconds(71), using: &random)
        #expect(machine.deadline == .seconds(71) + .milliseconds(100))
    }

    @Test(arguments: [ChildExit.status(78), .status(125)])
    func permanentFailuresAreNotTriedAgain(exit: ChildExit) {
        var (machine, random) = Self.ready(at: .zero)
        #expect(machine.handle(.exited(exit), at: .seconds(99), using: &random) == [.escalate(.permanent(exit))])
        #expect(machine.state == .failed)
        #expect(machine.deadline == nil)
        #expect(ChildFailure.permanent(exit).isConfiguration == (exit == .status(78)))
    }

    @Test func commandedStopsNeverCount() {
        var (machine, random) = Self.ready(at: .zero)
        for second in 1...100 {
            let now = Duration.milliseconds(second)
            #expect(machine.handle(.restart, at: now, using: &random) == [.signal(SIGTERM)])
            #expect(machine.handle(.exited(.status(0)), at: now, using: &random) == [.spawn])
            _ = machine.handle(.saysReady, at: now, using: &random)
        }
        #expect(machine.tally.deaths.isEmpty)
        _ = machine.handle(.stop, at: .seconds(1), using: &random)
        #expect(machine.state == .draining)
        #expect(machine.handle(.exited(.signal(SIGTERM)), at: .seconds(1), using: &random) == [])
        #expect(machine.state == .stopped)
    }

    @Test func drainHasADeadlineAndASecondStopDoesNotWait() {
        var (machine, random) = Self.ready(at: .zero)
        _ = machine.handle(.stop, at: .seconds(1), using: &random)
        #expect(machine.deadline == .seconds(26))
        #expect(machine.handle(.stop, at: .seconds(2), using: &random) == [])
        #expect(machine.deadline == .seconds(26))
        var impatient = machine
        #expect(machine.handle(.deadline, at: .seconds(26), using: &random) == [.signal(SIGKILL)])
        #expect(impatient.handle(.kill, at: .seconds(3), using: &random) == [.signal(SIGKILL)])
    }
}

@Suite struct RestartIntensityTests {
    /// The machine fails exactly when a sliding window over all deaths, kept apart, says so.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func failsAsAReferenceWindowSays(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var policy = RestartPolicy()
        policy.intensity = Int.random(in: 1...6, using: &random)
        var machine = ChildStateMachine(policy: policy)
        var now = Duration.zero
        var deaths: [Duration] = []
        _ = machine.handle(.start, at: now, using: &random)
        for step in 0..<400 {
            now += .milliseconds(Int.random(in: 0...12_000, using: &random))
            switch machine.state {
            case .backoff, .stopped:
                if machine.state == .stopped { _ = machine.handle(.start, at: now, using: &random) }
                _ = machine.handle(.deadline, at: now, using: &random)
                continue
            case .starting where Bool.random(using: &random):
                _ = machine.handle(.saysReady, at: now, using: &random)
                continue
            default: break
            }
            let wasCommanded = Int.random(in: 0..<4, using: &random) == 0
            if wasCommanded { _ = machine.handle(.stop, at: now, using: &random) }
            let actions = machine.handle(.exited(.signal(9)), at: now, using: &random)
            if !wasCommanded { deaths.append(now) }
            let recent = deaths.filter { now - $0 < policy.intensityWindow }.count
            let mustFail = !wasCommanded && recent > policy.intensity
            let failed = actions.contains { if case .escalate = $0 { true } else { false } }
            #expect(failed == mustFail, "seed \(seed) step \(step)")
            #expect((machine.state == .failed) == mustFail, "seed \(seed) step \(step)")
            if failed { return }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func delaysStayWithinTheirJitter(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let policy = RestartPolicy()
        for failures in 1...100 {
            let plain = min(0.1 * Double(UInt64(1) << UInt64(min(failures - 1, 30))), 30)
            let delay = policy.delay(afterFailures: failures, using: &random) / .seconds(1)
            #expect(delay >= plain * 0.8 - 1e-9 && delay <= plain * 1.2 + 1e-9, "seed \(seed) failures \(failures)")
        }
    }

    /// Whatever happens in whatever order, no second process is spawned before the first has ended, and no signal goes nowhere.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func neverTwoProcessesAtOnce(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var machine = ChildStateMachine(policy: RestartPolicy())
        var isAlive = false
        var now = Duration.zero
        for step in 0..<1000 {
            now += .milliseconds(Int.random(in: 0...3000, using: &random))
            var events: [ChildStateMachine.Event] = [.start, .stop, .kill, .restart, .deadline]
            if isAlive { events += [.saysReady, .beats, .exited(.status(0)), .exited(.signal(11))] }
            let event = events[Int.random(in: 0..<events.count, using: &random)]
            if case .exited = event { isAlive = false }
            for action in machine.handle(event, at: now, using: &random) {
                switch action {
                case .spawn:
                    #expect(!isAlive, "seed \(seed) step \(step)")
                    isAlive = true
                case .signal: #expect(isAlive, "seed \(seed) step \(step)")
                case .becameReady: #expect(machine.state == .ready, "seed \(seed) step \(step)")
                case .escalate: #expect(machine.state == .failed, "seed \(seed) step \(step)")
                }
            }
            let isSeenAlive = [.starting, .ready, .draining].contains(machine.state)
            #expect(isSeenAlive == isAlive, "seed \(seed) step \(step)")
        }
    }
}
