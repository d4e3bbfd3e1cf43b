import Glibc
import NIOConcurrencyHelpers

/// Tells the parent process how we are, in systemd's datagrams. Without a parent that listens it does nothing.
final class NotifySocket: Sendable {
    private let descriptor: Int32
    private let path: String?

    /// - Parameter path: the value of `NOTIFY_SOCKET`.
    init(path: String?) {
        self.path = path
        descriptor = path == nil ? -1 : socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Lost when the parent does not read: the next heartbeat says the same.
    func send(_ message: String) {
        guard let path, descriptor >= 0 else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { field in
            field.copyBytes(from: name)
            if name.first == UInt8(ascii: "@") { field[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), pointer,
                    length)
            }
        }
    }
}
