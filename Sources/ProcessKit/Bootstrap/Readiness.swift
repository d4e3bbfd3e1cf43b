import NIOConcurrencyHelpers

/// Whether this process takes work. The parent and, at a front door, `GET /ready` ask it.
public final class Readiness: Sendable {
    public enum Phase: Hashable, Sendable {
        case starting
        case ready
        case stopping
    }

    private let notify: NotifySocket
    private let state = NIOLockedValueBox(Phase.starting)

    init(notify: NotifySocket) {
        self.notify = notify
    }

    /// Tells the one who started this process, if it listens: the value of `NOTIFY_SOCKET`.
    public convenience init(notifySocket path: String?) {
        self.init(notify: NotifySocket(path: path))
    }

    /// For tests and tools: nobody is told.
    public convenience init() {
        self.init(notifySocket: nil)
    }

    public var phase: Phase { state.withLockedValue { $0 } }

    /// Every socket is bound and every dependency of the start has answered: work may come.
    /// The parent starts what waits for this process. A second call, or one after the stop began, does nothing.
    public func ready() {
        let changed = state.withLockedValue { phase in
            guard phase == .starting else { return false }
            phase = .ready
            return true
        }
        if changed { notify.send("READY=1") }
    }

    /// One line for `discord-mcp status`, for instance `connected to 2 guilds`.
    public func report(_ status: String) {
        notify.send("STATUS=" + status.replacing("\n", with: " "))
    }

    /// A drain has begun: no new work.
    public func stopping() {
        state.withLockedValue { $0 = .stopping }
        notify.send("STOPPING=1")
    }

    func beat() {
        notify.send("WATCHDOG=1")
    }
}
