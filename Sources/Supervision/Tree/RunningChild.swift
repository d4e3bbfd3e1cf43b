import Contracts
import Glibc

/// One start of a child with everything that ends with it.
final class RunningChild {
    let process: ChildProcess
    let notify: NotifyReceiver
    let pumps: [LogPump]
    let startedAt: Duration
    var ping: RedisPing?

    /// Starts the program with the process protocol in its environment.
    /// - Parameter lifeline: the read end that all children share.
    init(
        _ launch: ChildLaunch,
        id: ChildID,
        notifyPath: String,
        lifeline: Int32,
        watchdogLimit: Duration?,
        sink: LogSink
    ) throws(SystemFault) {
        notify = try NotifyReceiver(path: notifyPath)
        let output = try Pipe()
        let errors = try Pipe()
        let input = try launch.standardInput.isEmpty ? nil : Self.pipe(holding: launch.standardInput)
        defer {
            close(output.writing)
            close(errors.writing)
            if let input { close(input.reading) }
        }
        let pumps = [output, errors].map { LogPump(descriptor: $0.reading, source: id, sink: sink) }
        self.pumps = pumps

        let lifelineNumber = ProcessProtocol.firstInheritedDescriptor + Int32(launch.listeners.count)
        var environment = launch.environment
        environment[ProcessProtocol.notifySocket] = notifyPath
        environment[ProcessProtocol.lifeline] = String(lifelineNumber)
        if let (seconds, attoseconds) = watchdogLimit?.components {
            environment[ProcessProtocol.watchdogMicroseconds] = String(
                seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        }
        if !launch.listeners.isEmpty {
            environment[ProcessProtocol.listenCount] = String(launch.listeners.count)
            environment[ProcessProtocol.listenNames] = launch.listeners.map(\.name).joined(separator: ":")
        }
        process = try SpawnRequest(
            executable: launch.executable,
            arguments: launch.arguments,
            environment: environment,
            standardInput: input?.reading ?? -1,
            standardOutput: output.writing,
            standardError: errors.writing,
            inherited: launch.listeners.map(\.descriptor) + [lifeline]
        ).spawn()
        startedAt = PollLoop.now
    }

    /// A pipe with the bytes in it and its writing end closed.
    private static func pipe(holding bytes: [UInt8]) throws(SystemFault) -> Pipe {
        let pipe = try Pipe()
        Descriptor.makeNonBlocking(pipe.writing)
        defer { close(pipe.writing) }
        guard write(pipe.writing, bytes, bytes.count) == bytes.count else {
            close(pipe.reading)
            throw SystemFault("standard input", code: E2BIG)
        }
        return pipe
    }
}
