import Contracts
import TestSupport
import Testing

@testable import Bus

@Suite("Admission of requests, against a model")
struct RequestAdmissionTests {
    @Test("Bounded, first come first served, an id once at a time", arguments: UInt64(1)...20)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let limits = RequestAdmission.Limits(running: 3, queued: 5)
        var admission = RequestAdmission(limits: limits)
        var running: [MessageID: Set<Route>] = [:]
        var queue: [(id: MessageID, routes: Set<Route>)] = []

        for _ in 0..<1000 {
            let id = MessageID(high: 0, low: UInt64.random(in: 1...16, using: &random))
            let kind: BusHeader.Kind = id.low.isMultiple(of: 2) ? .command : .query
            let request = BusMessage(header: BusHeader(kind: kind, id: id), body: [])
            let route: Route = [UInt8.random(in: 0..<4, using: &random)]
            let position = queue.firstIndex { $0.id == id }
            switch Int.random(in: 0..<6, using: &random) {
            case 0..<3:
                switch admission.offer(request, from: route) {
                case .start:
                    #expect(running[id] == nil && position == nil && running.count < limits.running)
                    running[id] = [route]
                case .queued:
                    #expect(running[id] == nil && position == nil && running.count == limits.running)
                    queue.append((id, [route]))
                case .attached:
                    #expect(running[id] != nil || position != nil)
                    running[id]?.insert(route)
                    if let position { queue[position].routes.insert(route) }
                case .full:
                    #expect(queue.count == limits.queued)
                case .conflict:
                    Issue.record("seed \(seed): the same request is no conflict")
                }
            case 3:
                let verdict = admission.cancel(id, from: route)
                guard kind == .query else {
                    #expect(verdict == .ignored, "seed \(seed): a command was cancelled")
                    continue
                }
                if let routes = running[id], routes.contains(route) {
                    running[id]?.remove(route)
                    #expect(verdict == (routes.count == 1 ? .stop : .ignored))
                } else if let position, queue[position].routes.contains(route) {
                    queue[position].routes.remove(route)
                    if queue[position].routes.isEmpty {
                        #expect(verdict == .dropped)
                        queue.remove(at: position)
                    }
                } else {
                    #expect(verdict == .ignored)
                }
            default:
                let expected = running.removeValue(forKey: id)
                #expect(Set(admission.finish(id)) == expected ?? [])
                while let next = admission.startNext() {
                    #expect(next.header.id == queue.first?.id, "seed \(seed): out of turn")
                    guard !queue.isEmpty else { break }
                    let first = queue.removeFirst()
                    running[first.id] = first.routes
                }
            }
            #expect(admission.runningCount == running.count && running.count <= limits.running)
            #expect(admission.queuedCount == queue.count && queue.count <= limits.queued)
            #expect(admission.isIdle == (running.isEmpty && queue.isEmpty))
        }
    }
}
