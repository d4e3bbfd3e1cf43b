internal import CPlatform
internal import CZeroMQ
internal import Glibc
internal import NIOConcurrencyHelpers

/// The loop behind `BusReactor`: actor jobs, posted work, sockets and timers, in turns around one `zmq_poll`.
///
/// It outlives `closeEverything()`, so that no actor job is ever lost, and ends with its `BusReactor`.
// @unchecked: `inbox` is locked; every other variable is written before the thread starts or is used on it alone.
final class ReactorThread: @unchecked Sendable {
    enum Work: Sendable {
        case actorJob(UnownedJob)
        case taskJob(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        /// The thread was told already, or is awake and will look before it sleeps.
        var isWoken = false
        var isEnding = false
    }

    private struct Registration {
        let flow: any ReactorFlow
        let sockets: [BusSocket]
        /// False leaves what arrives in the socket: the peers keep it and send it to the next server.
        var isReading: Bool
    }

    let clock: BusClock
    private let name: String
    private let wakeDescriptor: CInt
    private let inbox = NIOLockedValueBox(Inbox())
    private let started = ConditionLock(value: false)

    private var identity = pthread_t()
    private var actors: UnownedSerialExecutor?
    private var tasks: UnownedTaskExecutor?
    private var registrations: [Registration] = []
    private var pollItems: [zmq_pollitem_t] = []
    private var pollItemsAreStale = true
    private var locks: [AddressLock] = []
    private var monitors = 0
    /// Nil after `closeEverything()`.
    private(set) var context: UnsafeMutableRawPointer?

    init(name: String, clock: BusClock) throws(BusError) {
        self.name = name
        self.clock = clock
        wakeDescriptor = platform_eventfd()
        guard wakeDescriptor >= 0 else { throw .system(operation: "eventfd", errno: errno) }
        context = zmq_ctx_new()
        guard context != nil else { throw .system(operation: "zmq_ctx_new", errno: zmq_errno()) }
    }

    deinit {
        // Not when the thread ends: whoever wakes it late must not write to a descriptor that is someone else's by now.
        close(wakeDescriptor)
    }

    func start(actors: UnownedSerialExecutor, tasks: UnownedTaskExecutor) {
        self.actors = actors
        self.tasks = tasks
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<ReactorThread>.fromOpaque(argument).takeRetainedValue().main() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        // A process that cannot have one more thread at its start has nothing to fall back on.
        precondition(status == 0, "pthread_create: \(status)")
        pthread_detach(thread)
        started.lock(whenValue: true)
        started.unlock()
    }

    var isCurrent: Bool { pthread_equal(pthread_self(), identity) != 0 }

    func enqueue(_ work: Work) {
        let mustWake = inbox.withLockedValue { inbox in
            inbox.work.append(work)
            defer { inbox.isWoken = true }
            return !inbox.isWoken
        }
        if mustWake { signal() }
    }

    /// Runs a closure on the thread.
    func perform(_ body: @escaping @Sendable () -> Void) {
        enqueue(.closure(body))
    }

    /// Makes the thread take a turn.
    func wake() {
        let mustWake = inbox.withLockedValue { inbox in
            defer { inbox.isWoken = true }
            return !inbox.isWoken
        }
        if mustWake { signal() }
    }

    /// The thread ends after the work that it has.
    func end() {
        inbox.withLockedValue { inbox in
            inbox.isEnding = true
            inbox.isWoken = true
        }
        signal()
    }

    private func signal() {
        if !isCurrent { platform_eventfd_signal(wakeDescriptor) }
    }
}

// On the thread only.
extension ReactorThread {
    func add(_ flow: any ReactorFlow, sockets: [BusSocket], isReading: Bool = true) {
        registrations.append(Registration(flow: flow, sockets: sockets, isReading: isReading))
        pollItemsAreStale = true
    }

    func remove(_ flow: any ReactorFlow) {
        registrations.removeAll { $0.flow === flow }
        pollItemsAreStale = true
    }

    func setReading(_ flow: any ReactorFlow, _ isReading: Bool) {
        for index in registrations.indices where registrations[index].flow === flow {
            registrations[index].isReading = isReading
        }
        pollItemsAreStale = true
    }

    /// Keeps an address until the context has ended: libzmq removes the socket's file at some time after the close,
    /// which must not be the file of a successor.
    func keep(_ lock: AddressLock) {
        locks.append(lock)
    }

    /// An address inside this context that was never used before.
    func newMonitorAddress() -> String {
        monitors += 1
        return "inproc://monitor-\(monitors)"
    }

    func closeEverything() {
        for registration in registrations { registration.flow.reactorEnds() }
        registrations = []
        pollItemsAreStale = true
        if let context {
            zmq_ctx_shutdown(context)
            while zmq_ctx_term(context) != 0, zmq_errno() == EINTR {}
        }
        context = nil
        locks = []
    }

    private func main() {
        platform_block_signals()
        platform_set_thread_name(name)
        identity = pthread_self()
        started.lock()
        started.unlock(withValue: true)
        var work: [Work] = []
        while true {
            let isEnding = inbox.withLockedValue { inbox in
                swap(&work, &inbox.work)
                inbox.isWoken = false
                return inbox.isEnding
            }
            if isEnding, work.isEmpty { break }
            run(work)
            work.removeAll(keepingCapacity: true)
            poll(until: turn())
        }
        closeEverything()
    }

    private func run(_ work: [Work]) {
        guard let actors, let tasks else { return }
        for item in work {
            switch item {
            case .actorJob(let job): job.runSynchronously(on: actors)
            case .taskJob(let job): job.runSynchronously(on: tasks)
            case .closure(let body): body()
            }
        }
    }

    /// - Returns: when the next timer is due.
    private func turn() -> Int64? {
        let now = clock.monotonicMilliseconds()
        var due: Int64?
        for registration in registrations {
            guard let next = registration.flow.turn(now: now) else { continue }
            due = min(due ?? next, next)
        }
        return due
    }

    private func poll(until due: Int64?) {
        if pollItemsAreStale { rebuildPollItems() }
        let mayNotSleep = inbox.withLockedValue { $0.isWoken || !$0.work.isEmpty || $0.isEnding }
        let timeout =
            if mayNotSleep { 0 } else if let due { Int(max(0, due - clock.monotonicMilliseconds())) } else { -1 }
        guard zmq_poll(&pollItems, CInt(pollItems.count), timeout) > 0 else { return }
        if pollItems[0].revents != 0 { platform_eventfd_clear(wakeDescriptor) }
        var index = 1
        for registration in registrations where registration.isReading {
            let items = pollItems[index..<(index + registration.sockets.count)]
            index += registration.sockets.count
            if items.contains(where: { $0.revents != 0 }) { registration.flow.receive() }
            // A flow that closed itself has changed what the indices mean.
            if pollItemsAreStale { return }
        }
    }

    private func rebuildPollItems() {
        let events = Int16(ZMQ_POLLIN)
        pollItems = [zmq_pollitem_t(socket: nil, fd: wakeDescriptor, events: events, revents: 0)]
        for registration in registrations where registration.isReading {
            for socket in registration.sockets {
                pollItems.append(zmq_pollitem_t(socket: socket.raw, fd: 0, events: events, revents: 0))
            }
        }
        pollItemsAreStale = false
    }
}
