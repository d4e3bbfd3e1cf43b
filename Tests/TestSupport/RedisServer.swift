import Foundation
import NIOConcurrencyHelpers

/// A real `redis-server` of one test: unix socket only, with a password, in a directory of its own.
public final class RedisServer: Sendable {
    public enum Failure: Error {
        case noDirectory
        case didNotStart(output: String)
    }

    /// `unix:///…/redis.sock?user=default&password=…`
    public let url: String
    public let socketPath: String
    public let password = "correct-horse-battery-staple"

    private let directory: String
    private let running = NIOLockedValueBox<Process?>(nil)

    fileprivate init() throws {
        var template = Array("/tmp/dmcp-redis-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure.noDirectory }
        directory = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        socketPath = directory + "/redis.sock"
        url = "unix://\(socketPath)?user=default&password=\(password)"
        let configuration = """
            port 0
            unixsocket \(socketPath)
            unixsocketperm 700
            requirepass \(password)
            dir \(directory)
            appendonly yes
            appendfsync always
            save ""
            """
        try configuration.write(toFile: directory + "/redis.conf", atomically: true, encoding: .utf8)
    }

    /// Starts the server again after `kill()`, on the same socket and with the data that it had.
    public func start() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["redis-server", directory + "/redis.conf"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        running.withLockedValue { $0 = process }
        try await waitUntilReady(output.fileHandleForReading)
    }

    /// SIGKILL, and waits for the end.
    public func kill() {
        guard let process = running.withLockedValue({ $0.take() }) else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// SIGSTOP: connections stay open and nothing answers.
    public func freeze() {
        signal(SIGSTOP)
    }

    public func thaw() {
        signal(SIGCONT)
    }

    /// Runs a command through `redis-cli` and gives its output without the last line break.
    @discardableResult
    public func command(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["redis-cli", "-s", socketPath] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["REDISCLI_AUTH": password]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    fileprivate func remove() {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func signal(_ number: Int32) {
        running.withLockedValue { process in
            if let process { _ = Foundation.kill(process.processIdentifier, number) }
        }
    }

    /// Redis says on its output when it accepts connections; the thread goes on draining the pipe until the server ends.
    private func waitUntilReady(_ output: FileHandle) async throws {
        let started = await withCheckedContinuation { (continuation: CheckedContinuation<String?, Never>) in
            Thread.detachNewThread {
                var text = ""
                var answered = false
                while case let data = output.availableData, !data.isEmpty {
                    guard !answered else { continue }
                    text += String(decoding: data, as: UTF8.self)
                    if text.contains("eady to accept connections") {
                        answered = true
                        continuation.resume(returning: nil)
                    }
                }
                if !answered { continuation.resume(returning: text) }
            }
        }
        if let started { throw Failure.didNotStart(output: started) }
        guard try command("PING") == "PONG" else { throw Failure.didNotStart(output: "no answer to PING") }
    }
}

/// Runs the body with a fresh, empty Redis, which ends with it.
public func withRedis<Value>(_ body: (RedisServer) async throws -> Value) async throws -> Value {
    let server = try RedisServer()
    defer { server.remove() }
    try await server.start()
    return try await body(server)
}
