import Dispatch
import Glibc
import ServiceLifecycle

/// Ends the process when its parent is gone: the parent holds the other end of a pipe and never writes to it.
struct Lifeline: Service {
    /// After that time the process ends even if it cannot drain.
    static let grace: DispatchTimeInterval = .seconds(2)

    let descriptor: Int32

    /// Returns at the pipe's end or when the process stops.
    func run() async throws {
        // A queue of its own: it gets a thread even when every thread of Swift's pool is stuck.
        let queue = DispatchQueue(label: "lifeline")
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let descriptor = descriptor
        source.setEventHandler {
            var byte: UInt8 = 0
            guard read(descriptor, &byte, 1) <= 0 else { return }
            source.cancel()
            queue.asyncAfter(deadline: .now() + Self.grace) { _exit(ExitStatus.failed.rawValue) }
            continuation.finish()
        }
        source.activate()
        for await _ in ends.cancelOnGracefulShutdown() {}
    }
}
