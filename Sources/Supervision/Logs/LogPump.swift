import Glibc

/// Carries what a child writes to one stream, line by line, to the sink. Reads always, so the child never waits for us.
final class LogPump {
    let descriptor: Int32
    private let source: ChildID
    private let sink: LogSink
    private var splitter = LineSplitter()

    init(descriptor: Int32, source: ChildID, sink: LogSink) {
        self.descriptor = descriptor
        self.source = source
        self.sink = sink
        Descriptor.makeNonBlocking(descriptor)
    }

    /// Takes what is there, at most one buffer, so that a child that shouts does not keep the loop.
    /// - Returns: false at the end of the stream.
    @discardableResult
    func pump() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        for line in splitter.add(buffer[..<count]) { sink.write(line, from: source) }
        return true
    }

    /// The child is dead: takes the rest.
    func finish() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            for line in splitter.add(buffer[..<count]) { sink.write(line, from: source) }
        }
        if let line = splitter.finish() { sink.write(line, from: source) }
    }

    deinit { close(descriptor) }
}
