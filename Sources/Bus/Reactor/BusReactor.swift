internal import NIOConcurrencyHelpers

/// The one thread of a process that owns its ZeroMQ context and every socket: the executor of all bus actors.
///
/// Make one for a process, pass it to the clients, servers, producers and publishers, and end with ``shutdown()``.
public final class BusReactor: SerialExecutor {
    /// Runs tasks on the bus thread: a task that does little beside asking the bus saves two thread changes a request.
    public let taskExecutor: any TaskExecutor
    /// The clocks that deadlines and timers of this process's bus use.
    public let clock: BusClock

    let thread: ReactorThread

    /// - Parameter name: of the thread, at most 15 bytes.
    public init(name: String = "bus", clock: BusClock = .system) throws(BusError) {
        let thread = try ReactorThread(name: name, clock: clock)
        self.thread = thread
        self.clock = clock
        taskExecutor = ReactorTaskExecutor(thread: thread)
        thread.start(actors: asUnownedSerialExecutor(), tasks: taskExecutor.asUnownedTaskExecutor())
    }

    deinit {
        thread.end()
    }

    /// Closes every socket (each sends what is queued for at most its linger time), ends the ZeroMQ context and frees
    /// the addresses. Requests that still wait fail as `unavailable`.
    public func shutdown() async {
        await withCheckedContinuation { continuation in
            thread.perform { [thread] in
                thread.closeEverything()
                continuation.resume()
            }
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(.actorJob(UnownedJob(job)))
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    public func checkIsolated() {
        precondition(thread.isCurrent, "not on the bus thread")
    }

    public func isIsolatingCurrentContext() -> Bool? {
        thread.isCurrent
    }
}

/// A separate object, because a job of a task without a preference must not run as if it had one.
final class ReactorTaskExecutor: TaskExecutor {
    private let thread: ReactorThread

    init(thread: ReactorThread) {
        self.thread = thread
    }

    func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(.taskJob(UnownedJob(job)))
    }
}
