import Glibc
import ProcessKit

/// The HTTP listener of all front doors, opened once: a front door can come and go without a refused connection.
struct ListeningSocket: Sendable {
    private static let backlog: Int32 = 1024

    let descriptor: Int32
    let port: Int

    /// - Parameters:
    ///   - host: an address or a name.
    ///   - port: 0 picks a free one.
    static func open(host: String, port: Int) throws(ConfigurationFault) -> ListeningSocket {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0, let address = list?.pointee else {
            throw ConfigurationFault(
                "MCP_SERVER_HOST \(host) is no address of this machine: \(String(cString: gai_strerror(status))).")
        }
        let descriptor = socket(address.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard descriptor >= 0, bind(descriptor, address.ai_addr, address.ai_addrlen) == 0,
            listen(descriptor, backlog) == 0
        else {
            let code = errno
            if descriptor >= 0 { Glibc.close(descriptor) }
            let hint =
                code == EADDRINUSE ? " Stop what listens there, or choose another port with --port (0 picks one)." : ""
            throw ConfigurationFault("Cannot listen on \(host):\(port): \(SystemError.message(code)).\(hint)")
        }
        return ListeningSocket(descriptor: descriptor, port: boundPort(of: descriptor))
    }

    /// To be called once. The front doors' copies stay open.
    func close() {
        Glibc.close(descriptor)
    }

    private static func boundPort(of descriptor: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
            // The port is at the same place in both families' addresses.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }
}
