import Contracts
import TestSupport
import Testing

@testable import Bus

@Suite("Pending requests, against a model")
struct PendingRequestsTests {
    private struct Outstanding {
        let id: MessageID
        let deadline: Int64
        let isCommand: Bool
    }

    @Test("Every waiter gets one outcome, in time, and never a wrong one", arguments: UInt64(1)...20)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let policy = PendingRequests<UInt64>.Policy(window: 8, resendInterval: 50, connectGrace: 100)
        var pending = PendingRequests<UInt64>(policy: policy, now: 0)
        var now: Int64 = 0
        var isConnected = false
        var disconnectedAt: Int64 = 0
        var outstanding: [UInt64: Outstanding] = [:]
        var sent: Set<MessageID> = []
        var resent: Set<MessageID> = []
        var token: UInt64 = 0

        func resolve(_ waiter: UInt64) -> Outstanding? {
            let entry = outstanding.removeValue(forKey: waiter)
            #expect(entry != nil, "seed \(seed): waiter \(waiter) has two outcomes")
            return entry
        }
        func note(_ messages: [BusMessage]) {
            for message in messages {
                #expect(isConnected, "seed \(seed): sent without a connection")
                #expect(
                    message.header.flags.contains(.resent) == sent.contains(message.header.id), "seed \(seed): flag")
                if !sent.insert(message.header.id).inserted { resent.insert(message.header.id) }
            }
        }
        func forget(_ id: MessageID) {
            sent.remove(id)
            resent.remove(id)
        }

        for _ in 0..<1000 {
            now += Int64.random(in: 0...20, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<4:
                token += 1
                let id = MessageID(high: 0, low: UInt64.random(in: 1...24, using: &random))
                let isCommand = id.low.isMultiple(of: 2)
                let body: [UInt8] = Int.random(in: 0..<10, using: &random) == 0 ? [1] : [0]
                let header = BusHeader(kind: isCommand ? .command : .query, id: id)
                let deadline = now + Int64.random(in: 1...400, using: &random)
                let isHere = outstanding.values.contains { $0.id == id }
                let result = pending.register(
                    BusMessage(header: header, body: body), token: token, waiter: token, deadline: deadline, now: now)
                switch result {
                case .send(let message):
                    forget(id)
                    note([message])
                case .held:
                    forget(id)
                    #expect(!isConnected)
                case .attached: #expect(isHere)
                case .conflict:
                    #expect(isHere)
                    continue
                case .full:
                    #expect(Set(outstanding.values.map(\.id)).count == policy.window)
                    continue
                }
                outstanding[token] = Outstanding(id: id, deadline: deadline, isCommand: isCommand)
            case 4, 5:
                let id = MessageID(high: 0, low: UInt64.random(in: 1...24, using: &random))
                for waiter in pending.answer(id) ?? [] { #expect(resolve(waiter)?.id == id) }
            case 6:
                guard let (waiter, entry) = outstanding.randomElement(using: &random) else { continue }
                let cancelled = pending.cancel(entry.id, token: waiter)
                #expect(cancelled?.waiter == waiter)
                #expect(cancelled?.wasSent == sent.contains(entry.id))
                _ = resolve(waiter)
                #expect(cancelled?.isLast == !outstanding.values.contains { $0.id == entry.id })
            case 7:
                if isConnected {
                    isConnected = false
                    disconnectedAt = now
                    pending.disconnected(now: now)
                } else {
                    isConnected = true
                    note(pending.connected(now: now))
                }
            case 8, 9:
                // A refusal answers what was sent.
                guard let entry = outstanding.values.randomElement(using: &random), sent.contains(entry.id) else {
                    continue
                }
                let isBusy = Bool.random(using: &random)
                let isUncertain = entry.isCommand && resent.contains(entry.id)
                let waiting = Set(outstanding.filter { $0.value.id == entry.id }.keys)
                switch pending.refuse(entry.id, isBusy ? .busy(retryAfter: 30) : .expired, now: now) {
                case .refused(let waiters):
                    #expect(!isUncertain, "seed \(seed): an earlier sending was forgotten")
                    #expect(Set(waiters) == waiting)
                    for waiter in waiters { _ = resolve(waiter) }
                case .inDoubt(let waiters):
                    #expect(isUncertain && !isBusy, "seed \(seed): in doubt without a reason")
                    #expect(Set(waiters) == waiting)
                    for waiter in waiters { _ = resolve(waiter) }
                case .retried:
                    #expect(isUncertain && isBusy, "seed \(seed): sent again without a reason")
                    #expect(!isConnected || (pending.due ?? .max) <= now + 30, "seed \(seed): sent again too late")
                case .late:
                    Issue.record("seed \(seed): waiters were lost")
                }
            default:
                let due = pending.takeDue(now: now)
                note(due.sends)
                for (waiter, failure) in due.failures {
                    guard let entry = resolve(waiter) else { continue }
                    let isAbandoned = !isConnected && now >= disconnectedAt + policy.connectGrace
                    #expect(entry.deadline <= now || isAbandoned, "seed \(seed): failed too early")
                    switch failure {
                    case .inDoubt: #expect(entry.isCommand && sent.contains(entry.id))
                    case .expired: #expect(!entry.isCommand && sent.contains(entry.id))
                    case .unavailable: #expect(!(entry.isCommand && sent.contains(entry.id)))
                    }
                }
                #expect(outstanding.values.allSatisfy { $0.deadline > now }, "seed \(seed): a deadline was missed")
            }
            #expect(pending.count == Set(outstanding.values.map(\.id)).count)
            if let earliest = outstanding.values.map(\.deadline).min() {
                #expect((pending.due ?? .max) <= earliest, "seed \(seed): would sleep too long")
            }
        }
        for (waiter, _) in pending.removeAll() { _ = resolve(waiter) }
        #expect(outstanding.isEmpty, "seed \(seed): \(outstanding.count) waiters without an outcome")
    }

    @Test("A request that the socket did not take was not sent")
    func refusedBySocket() {
        var pending = PendingRequests<Int>(
            policy: .init(window: 8, resendInterval: 50, connectGrace: 100), now: 0)
        _ = pending.connected(now: 0)
        let id = MessageID(high: 0, low: 1)
        let message = BusMessage(header: BusHeader(kind: .command, id: id), body: [])
        #expect(pending.register(message, token: 1, waiter: 1, deadline: 30, now: 0) == .send(message))
        pending.sendFailed(id, retryAt: 10)
        #expect(pending.due == 10)
        #expect(pending.takeDue(now: 10).sends == [message])
        pending.sendFailed(id, retryAt: 40)
        #expect(pending.takeDue(now: 30).failures.map(\.failure) == [.unavailable])
    }

    /// A command that its server took to the grave: sent, and sent again to the next server.
    private func resentCommand(deadline: Int64) -> (pending: PendingRequests<Int>, id: MessageID) {
        var pending = PendingRequests<Int>(
            policy: .init(window: 8, resendInterval: 50, connectGrace: 100), now: 0)
        _ = pending.connected(now: 0)
        let id = MessageID(high: 0, low: 1)
        let message = BusMessage(header: BusHeader(kind: .command, id: id), body: [])
        #expect(pending.register(message, token: 1, waiter: 1, deadline: deadline, now: 0) == .send(message))
        pending.disconnected(now: 10)
        #expect(pending.connected(now: 20).map(\.header.flags) == [.resent])
        return (pending, id)
    }

    @Test(
        "A command that was sent before outlasts a full server, to its deadline",
        arguments: [(30, 30), (0, 50)] as [(Int64, Int64)])
    func busyAfterResending(retryAfter: Int64, pause: Int64) {
        var (pending, id) = resentCommand(deadline: 200)
        guard case .retried = pending.refuse(id, .busy(retryAfter: retryAfter), now: 25) else {
            Issue.record("The caller heard that nothing was done.")
            return
        }
        #expect(pending.takeDue(now: 24 + pause).sends.isEmpty)
        #expect(pending.takeDue(now: 25 + pause).sends.map(\.header.id) == [id])
        guard case .retried = pending.refuse(id, .busy(retryAfter: 1000), now: 100) else {
            Issue.record("The caller heard that nothing was done.")
            return
        }
        #expect(pending.takeDue(now: 199).sends.isEmpty)
        let due = pending.takeDue(now: 200)
        #expect(due.sends.isEmpty)
        #expect(due.failures.map(\.failure) == [.inDoubt])
    }

    @Test("A command that was sent before and comes too late is in doubt")
    func expiredAfterResending() {
        var (pending, id) = resentCommand(deadline: 200)
        guard case .inDoubt([1]) = pending.refuse(id, .expired, now: 25) else {
            Issue.record("The caller heard that nothing was done.")
            return
        }
        #expect(pending.count == 0)
        guard case .late = pending.refuse(id, .expired, now: 26) else {
            Issue.record("An id that has ended was refused again.")
            return
        }
    }
}
