import CPlatform
import Glibc

/// A started child, known by its pidfd: signals cannot hit another process that got its id later.
struct ChildProcess: ~Copyable {
    let pid: pid_t
    /// Readable when the child has ended.
    let descriptor: Int32

    /// A child that has ended already is not an error.
    func signal(_ number: Int32) {
        _ = platform_pidfd_signal(descriptor, number)
    }

    /// Nil while it runs. Kills what it left behind in its session first, while its id cannot be anyone else's.
    func reap() -> ChildExit? {
        var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watch, 1, 0) == 1 else { return nil }
        // Reaped by another: its id may be anyone's by now.
        guard platform_pidfd_signal(descriptor, 0) != ESRCH else { return .unknown }
        _ = platform_group_signal(pid, SIGKILL)
        var exited = false
        var value: Int32 = 0
        switch platform_pidfd_reap(descriptor, &exited, &value) {
        case 0: return exited ? .status(value) : .signal(value)
        case ECHILD: return .unknown
        default: return nil
        }
    }

    deinit { close(descriptor) }
}
