internal import Contracts

/// Which requests a server works on, which wait and which it turns away. Pure.
///
/// An id that is already here is not worked on twice: whoever sends it again gets the one answer too.
struct RequestAdmission: Sendable {
    struct Limits: Hashable, Sendable {
        var running: Int
        var queued: Int
    }

    enum Verdict: Hashable, Sendable {
        case start
        case queued
        /// The same request is here already; its answer goes to this route as well.
        case attached
        /// Another request with this id is here.
        case conflict
        case full
    }

    enum Cancellation: Hashable, Sendable {
        case ignored
        /// It had not begun and never will.
        case dropped
        case stop
    }

    /// Connections that hear one answer; a client that reconnects leaves dead ones behind.
    private static let routesPerRequest = 16

    private struct Entry: Sendable {
        let request: BusRequest
        var routes: [Route]
        var isRunning: Bool
    }

    private let limits: Limits
    private var entries: [MessageID: Entry] = [:]
    /// In order of arrival.
    private var queue: [MessageID] = []
    private(set) var runningCount = 0

    init(limits: Limits) {
        self.limits = limits
    }

    var isIdle: Bool { entries.isEmpty }
    var queuedCount: Int { queue.count }

    mutating func offer(_ request: BusRequest, from route: Route) -> Verdict {
        let id = request.header.id
        if let entry = entries[id] {
            guard entry.request.asksTheSame(as: request) else { return .conflict }
            if !entry.routes.contains(route) {
                if entry.routes.count == Self.routesPerRequest { entries[id]?.routes.removeFirst() }
                entries[id]?.routes.append(route)
            }
            return .attached
        }
        if runningCount < limits.running {
            entries[id] = Entry(request: request, routes: [route], isRunning: true)
            runningCount += 1
            return .start
        }
        guard queue.count < limits.queued else { return .full }
        entries[id] = Entry(request: request, routes: [route], isRunning: false)
        queue.append(id)
        return .queued
    }

    /// The next request that may begin now, if any.
    mutating func startNext() -> BusRequest? {
        guard runningCount < limits.running, let id = queue.first else { return nil }
        queue.removeFirst()
        entries[id]?.isRunning = true
        runningCount += 1
        return entries[id]?.request
    }

    /// - Returns: where the answer goes.
    mutating func finish(_ id: MessageID) -> [Route] {
        guard let entry = entries[id], entry.isRunning else { return [] }
        entries[id] = nil
        runningCount -= 1
        return entry.routes
    }

    /// Only a read can be cancelled, and only by the last one who waits for it.
    mutating func cancel(_ id: MessageID, from route: Route) -> Cancellation {
        guard let entry = entries[id], entry.request.header.kind != .command, entry.routes.contains(route) else {
            return .ignored
        }
        entries[id]?.routes.removeAll { $0 == route }
        guard entry.routes.count == 1 else { return .ignored }
        if entry.isRunning { return .stop }
        entries[id] = nil
        queue.removeAll { $0 == id }
        return .dropped
    }
}
