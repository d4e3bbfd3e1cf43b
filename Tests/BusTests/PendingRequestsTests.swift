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
                sent.insert(message.header.id)
            }
        }

        for _ in 0..<1000 {
            now += Int64.random(in: 0...20, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
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
                    sent.remove(id)
                    note([message])
                case .held:
                    sent.remove(id)
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
}
