import Contracts
import Glibc
public import Logging

/// Starts, watches, restarts and stops the processes of one stack. The rules are `ChildStateMachine`'s; this is its shell.
public actor ProcessTree {
    /// How the tree ended.
    public enum Outcome: Hashable, Sendable {
        case stopped
        /// A child failed for good; the others were stopped.
        case failed(ChildID, ChildFailure)
    }

    struct Child {
        var spec: ChildSpec
        var machine: ChildStateMachine
        var running: RunningChild?
        var starts = 0
        var wasStarted = false
        var wasReady = false
        var wasStopped = false
        /// A replacement that is not ready yet: its failure is the roll's, not the stack's.
        var isReplacement = false
        var status: String?
        var lastExit: ChildExit?

        var hasEnded: Bool { machine.state == .stopped || machine.state == .failed }
    }

    private struct Waiter {
        let condition: () -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    let loop: PollLoop
    let logger: Logger
    private let sink: LogSink
    private let runDirectory: String
    private let lifeline: Pipe
    var children: [ChildID: Child] = [:]
    /// In the order of the start.
    private(set) var order: [ChildID] = []
    private(set) var isStopping = false
    /// A restart or a roll is under way.
    var isReplacing = false
    private var isRunning = false
    private var outcome = Outcome.stopped
    private var waiters: [Waiter] = []
    private var random = SystemRandomNumberGenerator()
    var control: ControlListener?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - specs: in the order of the start; a child may depend on the ones before it.
    ///   - runDirectory: for notify sockets, mode 0700.
    ///   - sink: where the lines of the children go.
    public init(_ specs: [ChildSpec], runDirectory: String, sink: LogSink, logger: Logger) throws(SystemFault) {
        loop = try PollLoop()
        lifeline = try Pipe()
        self.runDirectory = runDirectory
        self.sink = sink
        self.logger = logger
        for spec in specs {
            order.append(spec.id)
            children[spec.id] = Child(spec: spec, machine: ChildStateMachine(policy: spec.policy))
        }
        mkdir("\(runDirectory)/notify", 0o700)
    }

    deinit {
        loop.end()
        close(lifeline.reading)
        close(lifeline.writing)
    }

    /// Starts all children and returns when all have ended, after ``stop(fast:)`` or a failure.
    public func run() async -> Outcome {
        isRunning = true
        // It may be inherited as ignored: then the kernel reaps the children, and how they ended is lost.
        signal(SIGCHLD, SIG_DFL)
        // Weak: the loop belongs to the tree.
        loop.onTurn = { [weak self] in self?.assumeIsolated { $0.turn() } }
        await wait { self.children.values.allSatisfy(\.hasEnded) && self.isStopping }
        loop.onTurn = nil
        return outcome
    }

    /// Returns when every child has been ready, or the tree stops.
    /// - Returns: false when it stops.
    public func waitUntilReady() async -> Bool {
        await wait { self.isStopping || self.children.values.allSatisfy(\.wasReady) }
        return !isStopping
    }

    /// Ends the children in reverse order.
    /// - Parameter fast: by SIGKILL, at once.
    public func stop(fast: Bool = false) {
        isStopping = true
        guard fast else { return }
        for id in order { apply(.kill, to: id) }
    }

    /// Suspends until the condition holds; it is asked after everything that happens.
    func wait(until condition: @escaping () -> Bool) async {
        if condition() { return }
        await withCheckedContinuation { waiters.append(Waiter(condition: condition, continuation: $0)) }
    }

    func add(_ spec: ChildSpec) {
        order.append(spec.id)
        var child = Child(spec: spec, machine: ChildStateMachine(policy: spec.policy))
        child.isReplacement = true
        children[spec.id] = child
    }

    func remove(_ id: ChildID) {
        order.removeAll { $0 == id }
        children[id] = nil
    }
}

// The loop's turn.
extension ProcessTree {
    private func turn() -> Duration? {
        let now = PollLoop.now
        for id in order {
            if let deadline = children[id]?.machine.deadline, deadline <= now { apply(.deadline, to: id) }
            ping(id, at: now)
        }
        while isStopping ? stopWhatMayStop() : startWhatMayStart() {}
        let (met, waiting) = (waiters.filter { $0.condition() }, waiters.filter { !$0.condition() })
        waiters = waiting
        for waiter in met { waiter.continuation.resume() }
        return children.values.flatMap { [$0.machine.deadline, $0.running?.ping?.nextTry] }.compactMap(\.self).min()
    }

    /// - Returns: whether something changed.
    private func startWhatMayStart() -> Bool {
        let next = order.filter { id in
            guard let child = children[id], !child.wasStarted else { return false }
            return children.values.allSatisfy { !child.spec.after.contains($0.spec.id.role) || $0.wasReady }
        }
        for id in next { apply(.start, to: id) }
        return !next.isEmpty
    }

    private func stopWhatMayStop() -> Bool {
        let next = order.reversed().filter { id in
            guard let child = children[id], !child.wasStopped else { return false }
            return children.values.allSatisfy { !$0.spec.after.contains(id.role) || $0.hasEnded }
        }
        for id in next {
            children[id]?.wasStopped = true
            apply(.stop, to: id)
        }
        return !next.isEmpty
    }

    func apply(_ event: ChildStateMachine.Event, to id: ChildID) {
        guard var child = children[id] else { return }
        if event == .start || event == .restart { child.wasStarted = true }
        let before = child.machine.state
        let actions = child.machine.handle(event, at: PollLoop.now, using: &random)
        children[id] = child
        if child.machine.state != before {
            logger.debug(
                "child changed", metadata: [LogKey.process: "\(id)", LogKey.status: "\(child.machine.state.rawValue)"])
        }
        for action in actions { perform(action, for: id) }
    }

    private func perform(_ action: ChildStateMachine.Action, for id: ChildID) {
        switch action {
        case .spawn: spawn(id)
        case .signal(let number): children[id]?.running?.process.signal(number)
        case .becameReady:
            children[id]?.wasReady = true
            children[id]?.isReplacement = false
            logger.info("child is ready", metadata: metadata(of: id))
        case .escalate(let failure):
            logger.error("child failed for good", metadata: [LogKey.process: "\(id)", LogKey.reason: "\(failure)"])
            guard children[id]?.isReplacement == false, !isStopping else { return }
            outcome = .failed(id, failure)
            isStopping = true
        }
    }

    private func spawn(_ id: ChildID) {
        guard let child = children[id] else { return }
        do {
            let launch = try child.spec.launch()
            let running = try RunningChild(
                launch, id: id, notifyPath: "\(runDirectory)/notify/\(id).\(child.starts).sock",
                lifeline: lifeline.reading, watchdogLimit: child.spec.policy.watchdogLimit, sink: sink)
            children[id]?.running = running
            children[id]?.starts += 1
            children[id]?.status = nil
            watch(running, of: id)
            logger.debug("child started", metadata: metadata(of: id))
        } catch {
            apply(.notStarted("\(error)"), to: id)
        }
    }

    private func watch(_ running: RunningChild, of id: ChildID) {
        loop.read(running.process.descriptor) { [weak self] in self?.assumeIsolated { $0.reap(id) } }
        loop.read(running.notify.descriptor) { [weak self] in self?.assumeIsolated { $0.hear(id) } }
        for pump in running.pumps {
            loop.read(pump.descriptor) { [loop] in if !pump.pump() { loop.forget(pump.descriptor) } }
        }
        if case .redis(let endpoint) = children[id]?.spec.readiness {
            running.ping = RedisPing(endpoint, loop: loop) { [weak self] in self?.assumeIsolated { $0.alive(id) } }
        }
    }

    private func reap(_ id: ChildID) {
        guard let running = children[id]?.running, let exit = running.process.reap() else { return }
        loop.forget(running.process.descriptor)
        loop.forget(running.notify.descriptor)
        for pump in running.pumps {
            loop.forget(pump.descriptor)
            pump.finish()
        }
        let wasPlanned = children[id]?.machine.state == .draining
        logger.log(
            level: wasPlanned ? .debug : .warning, "child ended",
            metadata: metadata(of: id).merging([LogKey.reason: "\(exit)"]) { $1 })
        children[id]?.running = nil
        children[id]?.lastExit = exit
        apply(.exited(exit), to: id)
    }

    private func hear(_ id: ChildID) {
        for (name, value) in children[id]?.running?.notify.receive() ?? [] {
            switch (name, value) {
            case ("READY", "1"): apply(.saysReady, to: id)
            case ("WATCHDOG", "1"): apply(.beats, to: id)
            case ("STATUS", _): children[id]?.status = String(value)
            default: break
            }
        }
    }

    /// A Redis answered: that is its READY and its heartbeat.
    private func alive(_ id: ChildID) {
        apply(.saysReady, to: id)
        apply(.beats, to: id)
    }

    private func ping(_ id: ChildID, at now: Duration) {
        guard let ping = children[id]?.running?.ping, ping.nextTry <= now else { return }
        ping.attempt(at: now)
    }

    private func metadata(of id: ChildID) -> Logger.Metadata {
        [LogKey.process: "\(id)", LogKey.processID: "\(children[id]?.running?.process.pid ?? 0)"]
    }
}
