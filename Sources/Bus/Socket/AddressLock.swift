internal import Glibc

/// Holds `<socket>.lock` for as long as this process serves the socket: libzmq lets a second process bind the same
/// path and silently takes the address away from the first.
final class AddressLock {
    private let descriptor: CInt

    init(socketPath: String) throws(BusError) {
        let path = socketPath + ".lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(operation: "open \(path)", errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            let holder = Self.readHolder(descriptor)
            // No close here: an initializer that throws now runs deinit.
            guard failure == EWOULDBLOCK else { throw .system(operation: "flock \(path)", errno: failure) }
            throw .addressInUse(path: socketPath, holder: holder)
        }
        let text = Array("\(getpid())\n".utf8)
        // The number is for people and for the error above; the lock itself does not depend on it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit {
        close(descriptor)
    }

    private static func readHolder(_ descriptor: CInt) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
