import Contracts
import Glibc

extension ProcessTree {
    /// Opens the control socket and answers until the tree has ended.
    public func serveControl(at path: String) async throws(SystemFault) {
        let listener = try ControlListener(path: path, loop: loop)
        control = listener
        await withDiscardingTaskGroup { group in
            for await (request, connection) in listener.requests {
                group.addTask { connection.send(await self.answer(request)) }
            }
        }
        control = nil
    }

    /// No more commands; ``serveControl(at:)`` returns.
    public func closeControl() {
        control?.end()
    }

    private func answer(_ request: ControlRequest) async -> ControlReply {
        do throws(TreeCommandFault) {
            switch (request.verb, request.role) {
            case (.status, _): break
            case (.stop, _): stop()
            case (.restart, let role?): try await restart(role)
            case (.roll, let role): try await roll(role ?? .frontDoor)
            case (.restart, nil): return ControlReply(error: "restart needs a role.")
            }
            return ControlReply(processes: [own] + status())
        } catch {
            return ControlReply(error: "\(error)")
        }
    }

    private var own: ChildStatus {
        ChildStatus(
            role: .supervisor, name: ProcessRole.supervisor.name, pid: getpid(), state: isStopping ? .draining : .ready)
    }
}
