import CPlatform
import Foundation
import NIOConcurrencyHelpers

/// A child that only has the descriptors that it is given. Foundation's `Process` lets children that start at the same
/// time inherit each other's, and then waits for an end that it cannot see.
final class SpawnedProgram: Sendable {
    struct NotStarted: Error {
        let program: String
        let code: Int32
    }

    let pid: pid_t
    private let output: Int32
    private let input: NIOLockedValueBox<Int32?>
    private let descriptor: Int32

    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        var ends: (input: (Int32, Int32), output: (Int32, Int32)) = ((-1, -1), (-1, -1))
        guard platform_pipe(&ends.input.0, &ends.input.1) == 0, platform_pipe(&ends.output.0, &ends.output.1) == 0
        else {
            throw NotStarted(program: program, code: errno)
        }
        defer { for end in [ends.input.0, ends.output.1] { close(end) } }
        let strings = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (strings + variables).forEach { free($0) } }
        var pid: pid_t = 0
        var descriptor: Int32 = -1
        var request = platform_spawn_request()
        request.standard_input = ends.input.0
        request.standard_output = ends.output.1
        request.standard_error = ends.output.1
        let status = strings.withUnsafeBufferPointer { strings in
            variables.withUnsafeBufferPointer { variables in
                request.path = UnsafePointer(strings[0])
                request.arguments = strings.baseAddress
                request.environment = variables.baseAddress
                return platform_spawn(&request, &pid, &descriptor)
            }
        }
        guard status == 0 else {
            for end in [ends.input.1, ends.output.0] { close(end) }
            throw NotStarted(program: program, code: status)
        }
        (self.pid, self.descriptor, output) = (pid, descriptor, ends.output.0)
        input = NIOLockedValueBox(ends.input.1)
    }

    func closeInput() {
        if let input = input.withLockedValue({ $0.take() }) { close(input) }
    }

    /// All that it writes until it ends. Blocks.
    func readOutput() -> String {
        var text = ""
        while let part = readPart() { text += part }
        return text
    }

    /// Nil: it has ended. Blocks.
    func readPart() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(output, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// Blocks until it has ended, and reaps it.
    func wait() {
        var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&watch, 1, -1) < 0 && errno == EINTR {}
        var exited = false
        var value: Int32 = 0
        _ = platform_pidfd_reap(descriptor, &exited, &value)
    }

    deinit {
        closeInput()
        close(descriptor)
        close(output)
    }
}
