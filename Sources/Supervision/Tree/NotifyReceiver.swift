import Glibc

/// The socket on which one start of a child speaks sd_notify. A new start gets a new one: late words of the dead reach nobody.
struct NotifyReceiver: ~Copyable {
    let descriptor: Int32
    let path: String

    init(path: String) throws(SystemFault) {
        let socket = try UnixSocket.make(SOCK_DGRAM)
        do throws(SystemFault) {
            try UnixSocket.bind(socket, to: path)
        } catch {
            close(socket)
            throw error
        }
        descriptor = socket
        self.path = path
    }

    /// The `NAME=value` lines that wait.
    func receive() -> [(name: Substring, value: Substring)] {
        var lines: [(Substring, Substring)] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return lines }
            for line in String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n") {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2 { lines.append((parts[0], parts[1])) }
            }
        }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }
}
