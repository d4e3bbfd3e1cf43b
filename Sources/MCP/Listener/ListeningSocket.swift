import Glibc
import NIOCore

/// A listening TCP socket, opened here or inherited.
struct ListeningSocket: Sendable {
    let descriptor: CInt
    let port: Int?

    /// - Parameter port: 0 for a free one.
    init(host: String, port: Int, backlog: CInt) throws {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        let family = CInt(address.protocol.rawValue)
        let descriptor = socket(family, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var yes: CInt = 1
        let bound = address.withSockAddr { pointer, length in
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size)) == 0
                && bind(descriptor, pointer, socklen_t(length)) == 0 && listen(descriptor, backlog) == 0
        }
        guard bound else {
            let code = errno
            close(descriptor)
            throw IOError(errnoCode: code, reason: "listen on \(host):\(port)")
        }
        try self.init(adopting: descriptor)
    }

    /// - Throws: when the descriptor is not a listening socket; it is left open then.
    init(adopting descriptor: CInt) throws {
        var listens: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0, listens == 1 else {
            throw IOError(errnoCode: ENOTSOCK, reason: "inherited descriptor \(descriptor) is no listening socket")
        }
        // The flag is the open socket's, so all processes that share it have it.
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            throw IOError(errnoCode: errno, reason: "fcntl")
        }
        self.descriptor = descriptor
        port = Self.port(of: descriptor)
    }

    /// Addresses of IPv4 and IPv6 begin alike: the family in the machine's byte order, the port in the network's.
    private static func port(of descriptor: CInt) -> Int? {
        var address = [UInt16](repeating: 0, count: MemoryLayout<sockaddr_storage>.size / 2)
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let known = address.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &length) == 0 }
        }
        guard known, [AF_INET, AF_INET6].contains(CInt(address[0])) else { return nil }
        return Int(UInt16(bigEndian: address[1]))
    }
}
