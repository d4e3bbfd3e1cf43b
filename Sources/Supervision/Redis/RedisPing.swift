import Glibc

/// Asks a Redis whether it is there, again and again: often until the first answer, then once a second.
final class RedisPing {
    private static let interval: Duration = .seconds(1)
    private static let longestPause: Duration = .milliseconds(100)

    /// When to call ``attempt(at:)`` again.
    private(set) var nextTry: Duration
    private var pause: Duration = .milliseconds(2)
    private var descriptor: Int32 = -1
    private let endpoint: RedisEndpoint
    private let loop: PollLoop
    private let onPong: () -> Void

    init(_ endpoint: RedisEndpoint, loop: PollLoop, onPong: @escaping () -> Void) {
        self.endpoint = endpoint
        self.loop = loop
        self.onPong = onPong
        nextTry = PollLoop.now
    }

    deinit { hangUp() }

    func attempt(at now: Duration) {
        hangUp()
        guard let socket = try? UnixSocket.make(SOCK_STREAM) else { return retry(at: now) }
        descriptor = socket
        let request = Array("AUTH \(endpoint.password)\r\nPING\r\n".utf8)
        guard (try? UnixSocket.connect(socket, to: endpoint.socketPath)) == true,
            send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
        else { return retry(at: now) }
        // An answer that does not come in that time is asked for again.
        nextTry = now + Self.interval
        loop.read(socket) { [weak self] in self?.receive() }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &buffer, buffer.count)
        let answer = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        if answer.contains("+PONG") {
            hangUp()
            pause = .milliseconds(2)
            onPong()
        } else if count <= 0 || answer.contains("-LOADING") {
            hangUp()
            retry(at: PollLoop.now)
        }
    }

    private func retry(at now: Duration) {
        nextTry = now + pause
        pause = min(pause * 2, Self.longestPause)
    }

    private func hangUp() {
        guard descriptor >= 0 else { return }
        loop.forget(descriptor)
        close(descriptor)
        descriptor = -1
    }
}
