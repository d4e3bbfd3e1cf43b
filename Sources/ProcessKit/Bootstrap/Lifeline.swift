import Glibc
import ServiceLifecycle

/// Ends the process when its parent is gone: the parent holds the other end of a pipe and never writes to it.
struct Lifeline: Service {
    /// Seconds after which the process ends even if it has not drained.
    static let grace: UInt32 = 2

    let descriptor: Int32
    /// Called after the grace; does not return in a real process.
    var endProcess: @Sendable () -> Void = { _exit(ExitStatus.failed.rawValue) }

    /// Returns at the pipe's end or when the process stops.
    func run() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let watch = Watch(descriptor: descriptor, atEnd: continuation, endProcess: endProcess)
        guard watch.start() else { throw ConfigurationFault("No thread can be started to watch the parent.") }
        for await _ in ends.cancelOnGracefulShutdown() {}
    }

    /// Waits on a thread of its own: it must see the end even when every thread of Swift's pool is stuck.
    private final class Watch: Sendable {
        private let descriptor: Int32
        private let atEnd: AsyncStream<Void>.Continuation
        private let endProcess: @Sendable () -> Void

        init(
            descriptor: Int32,
            atEnd: AsyncStream<Void>.Continuation,
            endProcess: @escaping @Sendable () -> Void
        ) {
            self.descriptor = descriptor
            self.atEnd = atEnd
            self.endProcess = endProcess
        }

        func start() -> Bool {
            var thread = pthread_t()
            let status = pthread_create(
                &thread, nil,
                { argument in
                    if let argument { Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().wait() }
                    return nil
                }, Unmanaged.passRetained(self).toOpaque())
            return status == 0 && pthread_detach(thread) == 0
        }

        private func wait() {
            var byte: UInt8 = 0
            while read(descriptor, &byte, 1) != 0 {
                if errno != EINTR { break }
            }
            atEnd.finish()
            var rest = Lifeline.grace
            while rest > 0 { rest = sleep(rest) }
            endProcess()
        }
    }
}
