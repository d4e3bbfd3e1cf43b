import CPlatform
import FoundationEssentials
import Glibc

/// The control socket: mode 0600, and only for the user who runs the stack.
final class ControlListener {
    /// Callers that connected and may still speak.
    private static let longestRequest = 4096

    let requests: AsyncStream<(ControlRequest, ControlConnection)>
    private let continuation: AsyncStream<(ControlRequest, ControlConnection)>.Continuation
    private let descriptor: Int32
    private let path: String
    private let loop: PollLoop

    init(path: String, loop: PollLoop) throws(SystemFault) {
        descriptor = try UnixSocket.make(SOCK_STREAM)
        self.path = path
        self.loop = loop
        (requests, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(64))
        try UnixSocket.bind(descriptor, to: path)
        guard listen(descriptor, 16) == 0 else { throw SystemFault("listen \(path)") }
        loop.read(descriptor) { [weak self] in self?.accept() }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    func end() {
        loop.forget(descriptor)
        continuation.finish()
    }

    private func accept() {
        let connection = platform_accept(descriptor)
        guard connection >= 0 else { return }
        var user: uid_t = 0
        guard platform_peer_user(connection, &user) == 0, user == getuid() else {
            close(connection)
            return
        }
        var splitter = LineSplitter(limit: Self.longestRequest)
        let peer = ControlConnection(descriptor: connection)
        loop.read(connection) { [loop, continuation] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else {
                if count < 0, errno == EAGAIN { return }
                return loop.forget(connection)
            }
            for line in splitter.add(buffer[..<count]) {
                guard let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line)) else {
                    peer.send(ControlReply(error: "This is not a control request that this version knows."))
                    return loop.forget(connection)
                }
                if case .dropped = continuation.yield((request, peer)) {
                    peer.send(ControlReply(error: "Too many commands wait."))
                }
            }
        }
    }
}

/// One caller; closed when the last reference goes.
final class ControlConnection: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// A reply is smaller than the socket's buffer; a caller that has gone is no loss.
    func send(_ reply: ControlReply) {
        guard var line = try? JSONEncoder().encode(reply) else { return }
        line.append(UInt8(ascii: "\n"))
        line.withUnsafeBytes { _ = Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
