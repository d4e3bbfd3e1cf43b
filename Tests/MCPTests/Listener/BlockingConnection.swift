import Glibc
import NIOPosix

/// A client that writes whole requests before it reads anything, as simple HTTP clients do.
final class BlockingConnection {
    private let descriptor: CInt
    private var received = ReceivedResponses()

    /// - Parameter receives: about how many bytes the kernel keeps unread; nil: as many as it likes.
    init(port: Int, receives: CInt? = nil) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        if var receives {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receives, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Failure("connect") }
    }

    deinit {
        close(descriptor)
    }

    /// - Throws: when the server does not take all of it.
    func send(_ bytes: ArraySlice<UInt8>) async throws {
        try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            var unsent = bytes
            while !unsent.isEmpty {
                let count = unsent.withUnsafeBytes { rest in
                    Glibc.send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Failure("send") }
                unsent.removeFirst(count)
            }
        }
    }

    /// Waits until there is something to read, and leaves it unread.
    func answerArrives() async throws {
        try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&readable, 1, -1) == 1 else { throw Failure("poll") }
        }
    }

    /// - Returns: nil when the server closed instead.
    /// - Throws: when it reset the connection.
    func response() async throws -> String? {
        while true {
            if let whole = received.next() { return whole }
            let more = try await read()
            if more.isEmpty { return nil }
            received.append(more)
        }
    }

    private func read() async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { [descriptor] in
            var bytes = Array(repeating: UInt8(0), count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            guard count >= 0 else { throw Failure("recv") }
            return Array(bytes.prefix(count))
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }
}
