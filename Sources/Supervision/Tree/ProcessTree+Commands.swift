public import Contracts

/// Why a command to the running tree was not carried out.
public enum TreeCommandFault: Error, Hashable, Sendable, CustomStringConvertible {
    case noSuchRole(ProcessRole)
    case stopping
    case didNotGetReady(ChildID)
    case cannotRoll(ProcessRole)
    /// Two at once would both count on the children that each of them replaces.
    case busy

    public var description: String {
        switch self {
        case .noSuchRole(let role): "This stack runs no \(role)."
        case .stopping: "The stack is stopping."
        case .didNotGetReady(let id): "The new \(id) did not get ready; its log says why."
        case .cannotRoll(let role): "Two \(role) processes cannot run at once: use `discord-mcp restart \(role)`."
        case .busy: "Another restart or roll is under way; wait for it."
        }
    }
}

extension ProcessTree {
    /// Every child in the order of the start.
    public func status() -> [ChildStatus] {
        let now = PollLoop.now
        return order.compactMap { id in
            guard let child = children[id] else { return nil }
            var status = ChildStatus(
                role: id.role, name: "\(id)", pid: child.running?.process.pid, state: child.machine.state,
                restarts: max(0, child.starts - 1))
            status.uptime = child.running.map { ($0.startedAt, now) }.map { ($1 - $0) / .seconds(1) }
            status.status = child.status
            status.lastExit = child.lastExit?.description
            return status
        }
    }

    /// Ends and starts all children of the role; returns when they are ready again.
    /// Refused while another replacement runs.
    public func restart(_ role: ProcessRole) async throws(TreeCommandFault) {
        let ids = order.filter { $0.role == role }
        guard !ids.isEmpty else { throw .noSuchRole(role) }
        try beginReplacing()
        defer { isReplacing = false }
        for id in ids {
            guard !isStopping else { throw .stopping }
            let starts = children[id]?.starts ?? 0
            apply(.restart, to: id)
            await wait { self.isStopping || self.isSettled(id, after: starts) }
            guard children[id]?.machine.state == .ready else { throw .didNotGetReady(id) }
        }
    }

    /// Replaces the front doors one by one: the new one is ready before the old one drains.
    /// Refused while another replacement runs.
    public func roll(_ role: ProcessRole) async throws(TreeCommandFault) {
        guard role == .frontDoor else { throw .cannotRoll(role) }
        let old = order.filter { $0.role == role }
        guard var next = old.map(\.instance).max() else { throw .noSuchRole(role) }
        try beginReplacing()
        defer { isReplacing = false }
        for id in old {
            guard !isStopping, var spec = children[id]?.spec else { throw .stopping }
            next += 1
            spec.id = ChildID(role, instance: next)
            let fresh = spec.id
            add(spec)
            apply(.start, to: fresh)
            await wait { self.isStopping || self.isSettled(fresh, after: 0) }
            guard children[fresh]?.machine.state == .ready else {
                await end(fresh)
                throw .didNotGetReady(fresh)
            }
            await end(id)
        }
    }

    private func beginReplacing() throws(TreeCommandFault) {
        guard !isReplacing else { throw .busy }
        isReplacing = true
    }

    private func end(_ id: ChildID) async {
        apply(.stop, to: id)
        await wait { self.children[id]?.hasEnded ?? true }
        remove(id)
    }

    /// Ready or given up since it had been started that often.
    private func isSettled(_ id: ChildID, after starts: Int) -> Bool {
        guard let child = children[id] else { return true }
        switch child.machine.state {
        case .ready: return child.starts > starts
        case .failed, .backoff: return true
        case .stopped, .starting, .draining: return false
        }
    }
}
