import Contracts
import Foundation
import TestSupport
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct ControlTests {
    /// Serves the control socket while the body runs; the body's calls block, so they go to a thread.
    private func withControl(
        _ specs: [ChildSpec],
        _ body: (ProcessTree, @escaping @Sendable (ControlRequest) async throws -> ControlReply) async throws -> Void
    ) async throws {
        _ = try await withTree(specs, lines: try Lines()) { tree, directory in
            let path = "\(directory)/control.sock"
            async let served: Void = tree.serveControl(at: path)
            await tree.wait { tree.assumeIsolated { $0.control != nil } }
            _ = await tree.waitUntilReady()
            try await body(tree) { request in
                try await withCheckedThrowingContinuation { continuation in
                    Thread.detachNewThread {
                        continuation.resume(with: Result { try ControlClient.send(request, to: path) })
                    }
                }
            }
            await tree.closeControl()
            try await served
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func statusRestartAndStop() async throws {
        try await withControl([Script.perl(ChildID(.gateway), Script.obedient)]) { tree, send in
            let status = try await send(ControlRequest(.status)).processes
            #expect(status?.map(\.role) == [.supervisor, .gateway])
            #expect(status?.first?.pid == getpid())
            let restarted = try await send(ControlRequest(.restart, role: .gateway)).processes
            #expect(restarted?.last?.restarts == 1)
            #expect(restarted?.last?.state == .ready)
            #expect(restarted?.last?.pid != status?.last?.pid)
            let missing = try await send(ControlRequest(.restart, role: .executor))
            #expect(missing.error == "This stack runs no executor.")
            let unrollable = try await send(ControlRequest(.roll, role: .gateway))
            #expect(unrollable.error?.contains("restart gateway") == true)
            _ = try await send(ControlRequest(.stop))
            await tree.waitForState(.stopped, .gateway)
        }
    }

    @Test func statusHasTheShapeThatProgramsReadFrom() throws {
        let status = ChildStatus(role: .frontDoor, name: "front-door-1", pid: nil, state: .backoff, restarts: 2)
        let data = try JSONEncoder().encode(ControlReply(processes: [status]))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]])
        let process = try #require(object["processes"]?.first)
        #expect(process["role"] as? String == "front-door")
        #expect(process["state"] as? String == "backoff")
        #expect(process["restarts"] as? Int == 2)
    }

    @Test func nobodyThereSaysWhatToDo() {
        #expect(throws: ControlClient.Fault.notRunning(path: "/nonexistent")) {
            try ControlClient.send(ControlRequest(.status), to: "/nonexistent")
        }
    }
}
