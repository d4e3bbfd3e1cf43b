import CPlatform
import Glibc

/// Both ends of a pipe, close-on-exec.
struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(SystemFault) {
        var ends: (reading: Int32, writing: Int32) = (-1, -1)
        let status = platform_pipe(&ends.reading, &ends.writing)
        guard status == 0 else { throw SystemFault("pipe", code: status) }
        (reading, writing) = ends
    }
}

enum Descriptor {
    static func makeNonBlocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
}

/// Unix sockets by path.
enum UnixSocket {
    static func make(_ type: __socket_type) throws(SystemFault) -> Int32 {
        let descriptor = socket(
            AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw SystemFault("socket") }
        return descriptor
    }

    /// Binds with mode 0600; a file that a dead process left there is removed.
    static func bind(_ descriptor: Int32, to path: String) throws(SystemFault) {
        unlink(path)
        let status = try withAddress(of: path) { Glibc.bind(descriptor, $0, $1) }
        guard status == 0, chmod(path, 0o600) == 0 else { throw SystemFault("bind \(path)") }
    }

    /// - Returns: false when nobody listens there.
    static func connect(_ descriptor: Int32, to path: String) throws(SystemFault) -> Bool {
        try withAddress(of: path) { Glibc.connect(descriptor, $0, $1) } == 0
    }

    private static func withAddress(
        of path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(SystemFault) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemFault(path, code: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
