import CPlatform
import Glibc
import NIOConcurrencyHelpers

/// One thread around `poll`: the executor of the process tree, the forker of every child and the reader of their pipes.
///
/// Children die with the thread that forked them, so it ends only when its owner does.
// @unchecked: `inbox` is locked; every other variable is set before the thread starts or is used on it alone.
final class PollLoop: SerialExecutor, @unchecked Sendable {
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isEnding = false
    }

    private let inbox = NIOLockedValueBox(Inbox())
    private let wakeDescriptor: Int32
    private let started = ConditionLock(value: false)
    private var identity = pthread_t()
    private var readers: [Int32: () -> Void] = [:]

    /// Called once a turn, after the readers; returns when to call again at the latest.
    var onTurn: (() -> Duration?)?

    init() throws(SystemFault) {
        wakeDescriptor = platform_eventfd()
        guard wakeDescriptor >= 0 else { throw SystemFault("eventfd") }
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<PollLoop>.fromOpaque(argument).takeRetainedValue().main() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        // A supervisor that cannot have one thread at its start has nothing to fall back on.
        precondition(status == 0, "pthread_create: \(status)")
        pthread_detach(thread)
        started.lock(whenValue: true)
        started.unlock()
    }

    deinit { close(wakeDescriptor) }

    /// Monotonic time since the system's start.
    static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Ends the thread after the jobs that it has.
    func end() {
        inbox.withLockedValue { $0.isEnding = true }
        platform_eventfd_signal(wakeDescriptor)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = inbox.withLockedValue { inbox in
            inbox.jobs.append(job)
            return inbox.jobs.count == 1
        }
        if isFirst { platform_eventfd_signal(wakeDescriptor) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    func checkIsolated() {
        precondition(isCurrent, "not on the supervision thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    private var isCurrent: Bool { pthread_equal(pthread_self(), identity) != 0 }
}

// On the thread only.
extension PollLoop {
    /// Calls back whenever the descriptor is readable or at its end.
    func read(_ descriptor: Int32, _ body: @escaping () -> Void) {
        readers[descriptor] = body
    }

    func forget(_ descriptor: Int32) {
        readers[descriptor] = nil
    }

    private func main() {
        platform_set_thread_name("supervision")
        platform_block_signals()
        identity = pthread_self()
        started.lock()
        started.unlock(withValue: true)
        while turn() {}
        onTurn = nil
        readers = [:]
    }

    /// - Returns: false at the end.
    private func turn() -> Bool {
        let (jobs, isEnding) = inbox.withLockedValue { inbox in
            defer { inbox.jobs = [] }
            return (inbox.jobs, inbox.isEnding)
        }
        for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
        if isEnding, jobs.isEmpty { return false }
        // Readers come before timers: a heartbeat that waits in a socket must count before the watchdog bites.
        wait(atMost: .zero)
        let next = onTurn?()
        // Jobs may have come since the top, and the first wait has taken their wake-up.
        let hasJobs = inbox.withLockedValue { !$0.jobs.isEmpty }
        wait(atMost: hasJobs ? .zero : next.map { max($0 - Self.now, .zero) })
        return true
    }

    /// Polls once and calls the readers of what is readable.
    private func wait(atMost limit: Duration?) {
        var items = [pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)]
        items += readers.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = poll(&items, nfds_t(items.count), limit.map(Self.milliseconds) ?? -1)
        guard count > 0 else { return }
        if items[0].revents != 0 { platform_eventfd_clear(wakeDescriptor) }
        for item in items.dropFirst() where item.revents != 0 { readers[item.fd]?() }
    }

    /// Rounded up, or the loop would spin through the last millisecond.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds < 3600 else { return 3_600_000 }
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
