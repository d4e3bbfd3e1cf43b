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
    private let running = NIOLockedValueBox<Running?>(nil)

    private struct Running {
        let shell: SpawnedProgram
        let redis: Int32
    }

    /// Ends the server when its input does: a test process that crashes must not leave servers behind.
    private static let script = """
        redis-server "$0" & echo "pid=$!"; cat > /dev/null; kill -9 $!; wait
        """

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
        let shell = try SpawnedProgram(
            "/bin/sh", ["-c", Self.script, directory + "/redis.conf"], environment: ProcessInfo.processInfo.environment)
        let started = await firstOutput(of: shell)
        guard let redis = started.firstMatch(of: /pid=(\d+)/).flatMap({ Int32($0.1) }), started.contains(Self.readiness)
        else {
            throw Failure.didNotStart(output: started)
        }
        running.withLockedValue { $0 = Running(shell: shell, redis: redis) }
        guard try command("PING") == "PONG" else { throw Failure.didNotStart(output: "no answer to PING") }
    }

    /// SIGKILL, and waits for the end.
    public func kill() {
        guard let running = running.withLockedValue({ $0.take() }) else { return }
        Foundation.kill(running.redis, SIGKILL)
        running.shell.closeInput()
        running.shell.wait()
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
        let client = try SpawnedProgram(
            "/usr/bin/env", ["redis-cli", "-s", socketPath] + arguments,
            environment: ProcessInfo.processInfo.environment.merging(["REDISCLI_AUTH": password]) { $1 })
        client.closeInput()
        let output = client.readOutput()
        client.wait()
        return output.trimmingCharacters(in: .newlines)
    }

    fileprivate func remove() {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func signal(_ number: Int32) {
        running.withLockedValue { running in
            if let running { _ = Foundation.kill(running.redis, number) }
        }
    }

    private static let readiness = "eady to accept connections"

    /// All that the server says until it accepts connections, or until it ends. The thread goes on draining the pipe.
    private func firstOutput(of shell: SpawnedProgram) async -> String {
        await withCheckedContinuation { (continuation: CheckedContinuation<String, Never>) in
            Thread.detachNewThread {
                var text = ""
                var answered = false
                while let part = shell.readPart() {
                    guard !answered else { continue }
                    text += part
                    if text.contains(Self.readiness) {
                        answered = true
                        continuation.resume(returning: text)
                    }
                }
                if !answered { continuation.resume(returning: text) }
            }
        }
    }
}

/// Runs the body with a fresh, empty Redis, which ends with it.
public func withRedis<Value>(_ body: (RedisServer) async throws -> Value) async throws -> Value {
    let server = try RedisServer()
    defer { server.remove() }
    try await server.start()
    return try await body(server)
}
