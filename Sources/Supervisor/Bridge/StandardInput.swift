import Glibc

/// The lines of standard input, read on a thread of their own: a read that waits must not hold a thread of the pool.
enum StandardInput {
    static func lines() -> AsyncStream<[UInt8]> {
        // Not bounded: the one who writes is the program that started us.
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(continuation)).toOpaque()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().read() }
                return nil
            }, box)
        guard status == 0 else {
            continuation.finish()
            return stream
        }
        pthread_detach(thread)
        return stream
    }

    private final class Box: Sendable {
        private let continuation: AsyncStream<[UInt8]>.Continuation

        init(_ continuation: AsyncStream<[UInt8]>.Continuation) {
            self.continuation = continuation
        }

        func read() {
            var line: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count), count != 0 {
                if count < 0 {
                    if errno == EINTR { continue }
                    break
                }
                for byte in buffer[..<count] {
                    guard byte == UInt8(ascii: "\n") else {
                        line.append(byte)
                        continue
                    }
                    if !line.isEmpty { continuation.yield(line) }
                    line = []
                }
            }
            if !line.isEmpty { continuation.yield(line) }
            continuation.finish()
        }
    }
}
