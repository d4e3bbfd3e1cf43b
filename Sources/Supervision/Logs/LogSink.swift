import CPlatform
import Contracts
import Glibc
import NIOConcurrencyHelpers

/// The lines of all processes on one descriptor. A reader that stalls costs lines, which are counted, and never time.
public final class LogSink: Sendable {
    public enum Format: Hashable, Sendable {
        /// `role | line`
        case console(isColoured: Bool)
        /// One JSON object a line: a process's own passes unchanged, other text is wrapped.
        case json
    }

    private struct Buffer {
        var bytes: [UInt8] = []
        var dropped = 0
        var isClosed = false
        var isWriting = false
    }

    private let format: Format
    private let capacity: Int
    private let descriptor: Int32
    /// True while the writer has something to do.
    private let state = ConditionLock(value: false)
    private let buffer = NIOLockedValueBox(Buffer())

    /// - Parameters:
    ///   - descriptor: stays open.
    ///   - capacity: bytes that may wait for the reader.
    public init(descriptor: Int32, format: Format, capacity: Int = 1 << 20) {
        self.descriptor = descriptor
        self.format = format
        self.capacity = capacity
        startWriter()
    }

    /// Lines that were given up because the reader was too slow.
    public var dropped: Int { buffer.withLockedValue { $0.dropped } }

    func write(_ line: [UInt8], from source: ChildID) {
        append(rendered(line, source: "\(source)", role: source.role))
    }

    /// A finished line, with its end, of the supervisor itself.
    public func writeOwn(_ line: [UInt8]) {
        switch format {
        case .console:
            append(
                rendered(
                    line.last == UInt8(ascii: "\n") ? line.dropLast() : line, source: "supervisor", role: .supervisor))
        case .json: append(line)
        }
    }

    /// Writes what waits and ends; returns when it is written or after `limit`.
    public func close(limit: Duration = .seconds(1)) {
        buffer.withLockedValue { $0.isClosed = true }
        wake()
        let (seconds, attoseconds) = limit.components
        if state.lock(whenValue: false, timeoutSeconds: Double(seconds) + Double(attoseconds) / 1e18) { state.unlock() }
    }

    private func append(_ line: [UInt8]) {
        let accepted = buffer.withLockedValue { buffer in
            guard buffer.bytes.count + line.count <= capacity else {
                buffer.dropped += 1
                return false
            }
            buffer.bytes += line
            return true
        }
        if accepted { wake() }
    }

    private func wake() {
        state.lock()
        state.unlock(withValue: true)
    }

    private func rendered(_ line: [UInt8], source: String, role: ProcessRole) -> [UInt8] {
        switch format {
        case .console(let isColoured):
            let name = source + String(repeating: " ", count: max(0, 12 - source.count))
            let prefix = isColoured ? "\u{1B}[\(role.colour)m\(name)\u{1B}[0m | " : "\(name) | "
            return Array(prefix.utf8) + line + [UInt8(ascii: "\n")]
        case .json:
            if line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}") { return line + [UInt8(ascii: "\n")] }
            let text = JSONText.quoted(String(decoding: line, as: UTF8.self))
            return Array("{\"level\":\"info\",\"\(LogKey.process)\":\"\(source)\",\"message\":\(text)}\n".utf8)
        }
    }
}

extension LogSink {
    /// A thread of its own: only it may block on the reader.
    private func startWriter() {
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<LogSink>.fromOpaque(argument).takeRetainedValue().writeLoop() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        // See PollLoop: nothing to fall back on.
        precondition(status == 0, "pthread_create: \(status)")
        pthread_detach(thread)
    }

    private func writeLoop() {
        platform_set_thread_name("log")
        // SIGPIPE among them: a reader that has gone is an error of `write` here.
        platform_block_signals()
        var reported = 0
        while true {
            state.lock(whenValue: true)
            let (bytes, dropped, isClosed) = buffer.withLockedValue { buffer in
                defer { buffer.bytes = [] }
                return (buffer.bytes, buffer.dropped, buffer.isClosed)
            }
            // False only when nothing waits: `close` waits for it.
            let isIdle = bytes.isEmpty && dropped == reported
            state.unlock(withValue: !isIdle)
            if isIdle {
                if isClosed { return }
                continue
            }
            writeAll(bytes)
            if dropped > reported {
                let text = Array("\(dropped - reported) log lines dropped: the reader is too slow".utf8)
                reported = dropped
                writeAll(rendered(text, source: "supervisor", role: .supervisor))
            }
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var item = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&item, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}

extension ProcessRole {
    /// ANSI colour of the prefix.
    fileprivate var colour: Int {
        switch self {
        case .supervisor: 90
        case .redis: 31
        case .audit: 33
        case .sandbox: 35
        case .gateway: 36
        case .executor: 34
        case .frontDoor: 32
        }
    }
}
