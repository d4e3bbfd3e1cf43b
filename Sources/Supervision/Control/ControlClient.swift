import FoundationEssentials
import Glibc

/// Talks to a running stack. Blocking: for commands at a terminal.
public enum ControlClient {
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// Nobody listens on the socket.
        case notRunning(path: String)
        case brokenAnswer
        case system(SystemFault)

        public var description: String {
            switch self {
            case .notRunning(let path):
                "No stack runs here (nothing listens on \(path)). Start one with `discord-mcp run`, or name its data "
                    + "directory with --data-dir."
            case .brokenAnswer: "The stack ended before it answered."
            case .system(let fault): fault.description
            }
        }
    }

    /// Sends one request and waits for its answer.
    public static func send(_ request: ControlRequest, to path: String) throws(Fault) -> ControlReply {
        let descriptor: Int32
        do throws(SystemFault) {
            descriptor = try UnixSocket.make(SOCK_STREAM)
        } catch {
            throw .system(error)
        }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        guard (try? UnixSocket.connect(descriptor, to: path)) == true, let data = try? JSONEncoder().encode(request)
        else {
            throw .notRunning(path: path)
        }
        let line = Array(data) + [UInt8(ascii: "\n")]
        guard Glibc.send(descriptor, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { throw .brokenAnswer }
        var splitter = LineSplitter(limit: 1 << 20)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .brokenAnswer }
            guard let answer = splitter.add(buffer[..<count]).first else { continue }
            guard let reply = try? JSONDecoder().decode(ControlReply.self, from: Data(answer)) else {
                throw .brokenAnswer
            }
            return reply
        }
    }
}
