import Contracts
import Foundation
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle
import TestSupport
import Testing

@testable import ProcessKit

@Suite(.timeLimit(.minutes(1))) struct BootstrapTests {
    /// The parent's end of `NOTIFY_SOCKET`.
    private final class Parent {
        let path: String
        private let descriptor: Int32

        init(directory: String) {
            path = "\(directory)/notify"
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }

        deinit { close(descriptor) }

        func next() -> String {
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        }
    }

    private struct Worker: Service {
        let body: @Sendable () async throws -> Void

        func run() async throws { try await body() }
    }

    private func context(_ directory: String, notify: String? = nil, interval: Duration? = nil) throws -> ProcessContext
    {
        try ProcessContext(
            role: .gateway,
            settings: Settings(environment: ["DISCORD_MCP_DATA_DIR": directory]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            readiness: Readiness(notify: NotifySocket(path: notify)),
            heartbeatInterval: interval)
    }

    @Test func tellsTheParentEveryStep() async throws {
        try await withTemporaryDirectory { directory in
            let parent = Parent(directory: directory)
            let context = try context(directory, notify: parent.path)
            #expect(context.readiness.phase == .starting)
            context.readiness.ready()
            context.readiness.ready()
            context.readiness.report("two\nlines")
            context.readiness.stopping()
            #expect([parent.next(), parent.next(), parent.next()] == ["READY=1", "STATUS=two lines", "STOPPING=1"])
            #expect(context.readiness.phase == .stopping)
        }
    }

    @Test func theParentsDeathDrainsTheProcess() async throws {
        try await withTemporaryDirectory { directory in
            let parent = Parent(directory: directory)
            let context = try context(directory, notify: parent.path)
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let (writing, drained) = (ends[1], NIOLockedValueBox(false))
            let worker = Worker {
                context.readiness.ready()
                close(writing)
                try await gracefulShutdown()
                drained.withLockedValue { $0 = true }
            }
            let (killed, killer) = AsyncStream.makeStream(of: Void.self)
            let lifeline = Lifeline(descriptor: ends[0], endProcess: { killer.finish() })
            let status = await ProcessBootstrap.run([worker], in: context, lifeline: lifeline)
            #expect(status == .done)
            #expect(drained.withLockedValue { $0 })
            #expect([parent.next(), parent.next()] == ["READY=1", "STOPPING=1"])
            // A process that had not drained by itself is ended after the grace.
            for await _ in killed {}
            close(ends[0])
        }
    }

    @Test func aFailedServiceDrainsTheOthersAndFails() async throws {
        struct Broken: Error {}
        try await withTemporaryDirectory { directory in
            let context = try context(directory)
            let drained = NIOLockedValueBox(false)
            let other = Worker {
                try await gracefulShutdown()
                drained.withLockedValue { $0 = true }
            }
            let status = await ProcessBootstrap.run([other, Worker { throw Broken() }], in: context, lifeline: nil)
            #expect(status == .failed)
            #expect(drained.withLockedValue { $0 })
            let wrong = Worker { throw ConfigurationFault("the token is wrong") }
            #expect(await ProcessBootstrap.run([wrong], in: context, lifeline: nil) == .wrongConfiguration)
        }
    }

    @Test func aStuckProbeStopsTheHeartbeat() async throws {
        try await withTemporaryDirectory { directory in
            let parent = Parent(directory: directory)
            let context = try context(directory, notify: parent.path, interval: .milliseconds(1))
            let (gate, opener) = AsyncStream.makeStream(of: Void.self)
            let (stuck, reporter) = AsyncStream.makeStream(of: Void.self)
            let beats = NIOLockedValueBox(0)
            context.heartbeat.addProbe {
                guard
                    beats.withLockedValue({
                        $0 += 1; return $0
                    }) == 4
                else { return }
                reporter.finish()
                for await _ in gate {}
            }
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await context.heartbeat.run() }
                for await _ in stuck {}
                context.readiness.ready()
                #expect((0..<4).map { _ in parent.next() } == ["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "READY=1"])
                opener.finish()
                #expect(parent.next() == "WATCHDOG=1")
                group.cancelAll()
            }
        }
    }

    @Test func inheritedListenersAreNamed() {
        let all = InheritedListener.all(in: ["LISTEN_FDS": "2", "LISTEN_FDNAMES": "http:admin"])
        #expect(all.map(\.descriptor) == [3, 4])
        #expect(all.map(\.name) == ["http", "admin"])
        #expect(InheritedListener.all(in: [:]).isEmpty)
        #expect(InheritedListener.all(in: ["LISTEN_FDS": "-1"]).isEmpty)
    }

    @Test func threeBeatsFitIntoTheWatchdogsPatience() {
        #expect(ProcessBootstrap.heartbeatInterval(in: ["WATCHDOG_USEC": "1500000"]) == .milliseconds(500))
        #expect(ProcessBootstrap.heartbeatInterval(in: [:]) == nil)
        #expect(ProcessBootstrap.heartbeatInterval(in: ["WATCHDOG_USEC": "0"]) == nil)
    }
}
