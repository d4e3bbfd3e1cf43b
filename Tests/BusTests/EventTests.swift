import Contracts
import Dispatch
import TestSupport
import Testing

@testable import Bus

actor Deliveries {
    private(set) var sequences: [UInt64] = []
    private(set) var resets: [EventPosition] = []

    func take(_ delivery: EventDelivery) {
        switch delivery {
        case .event(let event): sequences.append(event.sequence)
        case .reset(let position): resets.append(position)
        }
    }
}

@Suite("Events over real sockets", .timeLimit(.minutes(1)))
struct EventTests {
    /// A gateway's side and a subscriber's side of the bus.
    private func withEvents(
        historySize: Int = 10_000,
        deliveryLimit: Int = 10_000,
        _ body: (EventPublisher, EventSubscriber, Deliveries) async throws -> Void
    ) async throws {
        try await withBus { reactor, addresses in
            let publisher = try EventPublisher(
                reactor: reactor, address: addresses.events, epoch: 1, historySize: historySize,
                heartbeatInterval: .milliseconds(20), logger: quietLogger)
            try await publisher.bind()
            let server = try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) {
                publisher.answer($0)
            }
            try await withServer(server) {
                try await withReactor { other in
                    let replays = try BusClient(
                        reactor: other, address: addresses.queries, configuration: .queries)
                    let subscriber = try EventSubscriber(
                        reactor: other, address: addresses.events, replays: replays, deliveryLimit: deliveryLimit,
                        logger: quietLogger)
                    let deliveries = Deliveries()
                    let running = Task { try await subscriber.run { await deliveries.take($0) } }
                    defer { running.cancel() }
                    try await until { await !deliveries.resets.isEmpty }
                    try await body(publisher, subscriber, deliveries)
                    running.cancel()
                    try await running.value
                }
            }
        }
    }

    @Test("Events arrive in order, each once")
    func order() async throws {
        try await withEvents { publisher, subscriber, deliveries in
            for _ in 0..<5000 { publisher.publish(WireEvent()) }
            try await until { await deliveries.sequences.last == 5000 }
            #expect(await deliveries.sequences == Array(1...5000))
            #expect(await deliveries.resets == [EventPosition(epoch: publisher.position.epoch, sequence: 0)])
            #expect(await subscriber.lastSeen == publisher.position)
        }
    }

    @Test("What a full socket dropped is asked for and delivered in its place")
    func droppedByTheSocket() async throws {
        let count: UInt64 = 60_000
        try await withEvents(historySize: Int(count), deliveryLimit: Int(count)) { publisher, subscriber, deliveries in
            let gate = DispatchSemaphore(value: 0)
            // Nothing is read meanwhile: the queues on both sides fill, and the publisher's socket drops.
            await subscriber.hold(until: gate)
            for _ in 0..<count { publisher.publish(WireEvent()) }
            try await until { publisher.hasSentAll }
            gate.signal()
            try await until { await deliveries.sequences.last == count }
            #expect(await deliveries.sequences == Array(1...count))
            #expect(await deliveries.resets.count == 1)
            #expect(await subscriber.healedGaps > 0)
        }
    }

    @Test("What happened before the subscription is not sent: the reset says where the stream stands")
    func lateSubscriber() async throws {
        try await withBus { reactor, addresses in
            let publisher = try EventPublisher(
                reactor: reactor, address: addresses.events, epoch: 1, heartbeatInterval: .milliseconds(20),
                logger: quietLogger)
            try await publisher.bind()
            for _ in 0..<10 { publisher.publish(WireEvent()) }
            let replays = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            let subscriber = try EventSubscriber(
                reactor: reactor, address: addresses.events, replays: replays, logger: quietLogger)
            let deliveries = Deliveries()
            let running = Task { try await subscriber.run { await deliveries.take($0) } }
            try await until { await !deliveries.resets.isEmpty }
            #expect(await deliveries.resets.map(\.sequence) == [10])
            running.cancel()
            try await running.value
        }
    }

    @Test(
        "A restarted gateway is a new epoch: one reset, then its events; also when its number went back",
        arguments: [[UInt64(5), 6], [5, 4]])
    func publisherRestart(epochs: [UInt64]) async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { other in
                let replays = try BusClient(reactor: other, address: addresses.queries, configuration: .queries)
                let subscriber = try EventSubscriber(
                    reactor: other, address: addresses.events, replays: replays, logger: quietLogger)
                let deliveries = Deliveries()
                let running = Task { try await subscriber.run { await deliveries.take($0) } }
                for (life, epoch) in zip(1..., epochs) {
                    try await withReactor { reactor in
                        let publisher = try EventPublisher(
                            reactor: reactor, address: addresses.events, epoch: epoch,
                            heartbeatInterval: .milliseconds(20), logger: quietLogger)
                        try await publisher.bind()
                        try await until { await deliveries.resets.count == life }
                        for _ in 0..<3 { publisher.publish(WireEvent()) }
                        try await until { await deliveries.sequences.count == life * 3 }
                    }
                }
                #expect(await deliveries.sequences == [1, 2, 3, 1, 2, 3])
                running.cancel()
                try await running.value
            }
        }
    }
}

extension EventSubscriber {
    /// Holds the reactor's thread.
    fileprivate func hold(until gate: DispatchSemaphore) {
        reactor.thread.perform { gate.wait() }
    }
}
