import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Accepts connections on a thread of its own.
///
/// NIO's server channel takes it for a mistake (and stops a debug build) when it is woken and finds nothing to accept;
/// with a socket that several processes listen on this happens all the time.
final class Acceptor: Sendable {
    private struct State {
        var open = 0
        var isStopped = false
        /// The thread looks at the wake-up alone, since there is no room for another connection.
        var isFull = false
    }

    private let socket: ListeningSocket
    private let maximumConnections: Int
    private let logger: Logger
    /// Read and write end of a pipe.
    private let wake: (read: CInt, write: CInt)
    private let state = NIOLockedValueBox(State())

    /// Owns the socket from now on.
    init(_ socket: ListeningSocket, maximumConnections: Int, logger: Logger) throws {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw IOError(errnoCode: errno, reason: "pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        self.socket = socket
        self.maximumConnections = maximumConnections
        self.logger = logger
        wake = (ends[0], ends[1])
    }

    deinit {
        close(wake.read)
        close(wake.write)
    }

    /// Blocks its thread until ``stop()``, then closes the socket.
    /// - Parameter accepted: takes ownership of a connection's descriptor, and calls ``connectionClosed()`` for it.
    func run(_ accepted: (CInt) -> Void) {
        defer { close(socket.descriptor) }
        while true {
            let state = state.withLockedValue { state in
                state.isFull = state.open >= maximumConnections
                return state
            }
            if state.isStopped {
                // What the kernel has taken by now would be reset by closing the socket.
                return accept(upTo: maximumConnections - state.open, accepted)
            }
            wait(acceptable: !state.isFull, timeout: -1)
            if !state.isFull { accept(upTo: maximumConnections - state.open, accepted) }
        }
    }

    /// No further connection is accepted. May be called more than once.
    func stop() {
        state.withLockedValue { $0.isStopped = true }
        wakeUp()
    }

    func connectionClosed() {
        let wasFull = state.withLockedValue { state in
            state.open -= 1
            return state.isFull
        }
        if wasFull { wakeUp() }
    }

    private func accept(upTo limit: Int, _ accepted: (CInt) -> Void) {
        // A few at a time, so that processes which share the socket share the load.
        for _ in 0..<min(limit, 16) {
            let connection = Glibc.accept(socket.descriptor, nil, nil)
            if connection >= 0 {
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                state.withLockedValue { $0.open += 1 }
                accepted(connection)
                continue
            }
            switch errno {
            case EAGAIN: return
            case ECONNABORTED, EINTR: continue
            default:
                logger.warning("Cannot accept a connection", metadata: ["error": "\(String(cString: strerror(errno)))"])
                // Out of descriptors or memory: trying at once again would only spin.
                return wait(acceptable: false, timeout: 100)
            }
        }
    }

    private func wait(acceptable: Bool, timeout: CInt) {
        var descriptors = [
            pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
            pollfd(fd: acceptable ? socket.descriptor : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, timeout) > 0, descriptors[0].revents != 0 else { return }
        var drained: [UInt8] = Array(repeating: 0, count: 64)
        while read(wake.read, &drained, drained.count) > 0 {}
    }

    private func wakeUp() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(wake.write, &byte, 1)
    }
}
