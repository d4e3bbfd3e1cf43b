import Contracts
import Foundation
import TestSupport
import Testing

@testable import Bus

/// A socket of a test that speaks to the bus as nobody should, or as a peer would.
actor RawSocket {
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }
    private let reactor: BusReactor
    private let role: BusSocket.Role
    private var socket: BusSocket?

    init(_ role: BusSocket.Role, reactor: BusReactor) {
        self.role = role
        self.reactor = reactor
    }

    func open(_ address: String, binds: Bool = false) throws {
        let socket = try BusSocket(role, on: reactor.thread, largestFrame: 1 << 20, sendQueue: 100)
        if binds {
            try socket.bind(BusAddress(address), on: reactor.thread)
        } else {
            try socket.connect(BusAddress(address))
        }
        self.socket = socket
    }

    func send(_ message: BusMessage) -> Bool {
        if case .sent? = socket?.send(message) { true } else { false }
    }

    func sendFrames(_ frames: [[UInt8]]) -> Bool {
        if case .sent? = socket?.sendFrames(frames) { true } else { false }
    }

    func hasSubscriber() -> Bool {
        if case .malformed? = socket?.receive(isRouted: false) { true } else { false }
    }

    func close() {
        socket?.close(lingerMilliseconds: 0)
        socket = nil
    }
}

@Suite("Sockets and addresses", .timeLimit(.minutes(1)))
struct SocketTests {
    @Test("A second bind is refused and names the holder; after the shutdown the address is free")
    func secondBind() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory + "/bus")
            try await withReactor { reactor in
                let first = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) { _ in
                    .reply([])
                }
                try await first.bind()
                try await withReactor { other in
                    let second = try BusServer(reactor: other, address: addresses.commands, logger: quietLogger) { _ in
                        .reply([])
                    }
                    let path = directory + "/bus/executor.sock"
                    await #expect(throws: BusError.addressInUse(path: path, holder: getpid())) {
                        try await second.bind()
                    }
                    let attributes = try FileManager.default.attributesOfItem(atPath: path)
                    #expect(attributes[.posixPermissions] as? Int == 0o600)
                    let parent = try FileManager.default.attributesOfItem(atPath: directory + "/bus")
                    #expect(parent[.posixPermissions] as? Int == 0o700)
                }
            }
            try await withReactor { reactor in
                let next = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) { _ in
                    .reply([])
                }
                try await next.bind()
            }
        }
    }

    @Test("Malformed frames are counted and dropped, and the server goes on")
    func malformed() async throws {
        try await withBus { reactor, addresses in
            let server = try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) {
                .reply($0.body)
            }
            let header = BusHeader(kind: .query, id: freshID(), deadline: soon()).bytes
            let attacks: [[[UInt8]]] = [
                [[]], [[1, 2, 3]], [header], [Array(header.dropLast()), [1]], [[9] + header.dropFirst(), [1]],
                [header, [1], [2], [3]], [header, [1], [2], [3], [4]],
                [BusHeader(kind: .reply, id: freshID()).bytes, [1]],
            ]
            try await withServer(server) {
                let raw = RawSocket(.dealer, reactor: reactor)
                try await raw.open(addresses.queries)
                for frames in attacks { try await until { await raw.sendFrames(frames) } }
                try await until { await server.statistics.malformed == attacks.count }
                let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
                let reply = try await client.request(kind: .query, body: [5], id: freshID(), deadline: soon())
                #expect(reply.body == [5])
                await raw.close()
            }
        }
    }

    @Test("What is too large is refused before it is sent")
    func sizes() async throws {
        try await withBus { reactor, addresses in
            let server = try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) { request in
                .reply([UInt8](repeating: 0, count: request.body.isEmpty ? FrameLimit.reply + 1 : FrameLimit.reply))
            }
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(server) {
                let request = [UInt8](repeating: 0, count: FrameLimit.request)
                let reply = try await client.request(kind: .query, body: request, id: freshID(), deadline: soon())
                #expect(reply.body.count == FrameLimit.reply)
                let large = await #expect(throws: WireError.self) {
                    try await client.request(kind: .query, body: request + [0], id: freshID(), deadline: soon())
                }
                #expect(large?.code == .invalidArgument)
                let answer = await #expect(throws: WireError.self) {
                    try await client.request(kind: .query, body: [], id: freshID(), deadline: soon())
                }
                #expect(answer?.code == .internal)
            }
        }
    }

    @Test("Gaps and lost tails are filled by replay, and an unavailable one resets")
    func gaps() async throws {
        try await withBus { reactor, addresses in
            var history = EventHistory(epoch: 3, capacity: 8)
            for _ in 0..<10 { _ = history.append(WireEvent()) }
            let replayable = history
            let server = try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) { request in
                guard let wanted = try? WireEventReplayRequest(wireBytes: request.body) else { return .reply([]) }
                return .reply(replayable.replay(wanted, atMost: 2).wireBytes)
            }
            let raw = RawSocket(.publisher, reactor: reactor)
            try await raw.open(addresses.events, binds: true)
            func publish(_ sequence: UInt64) async {
                var event = WireEvent()
                (event.epoch, event.sequence) = (3, sequence)
                _ = await raw.send(
                    BusMessage(header: BusHeader(kind: .event, id: freshID()), body: event.wireBytes))
            }
            func beat(_ sequence: UInt64) async {
                var heartbeat = WireEventHeartbeat()
                (heartbeat.epoch, heartbeat.lastSequence) = (3, sequence)
                _ = await raw.send(
                    BusMessage(header: BusHeader(kind: .heartbeat, id: freshID()), body: heartbeat.wireBytes))
            }
            try await withServer(server) {
                let replays = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
                let subscriber = try EventSubscriber(
                    reactor: reactor, address: addresses.events, replays: replays, logger: quietLogger)
                let deliveries = Deliveries()
                let running = Task { try await subscriber.run { await deliveries.take($0) } }
                try await until { await raw.hasSubscriber() }
                // 1 and 2 are no longer in the history: a reset. 4 and 5, then the tail 8 to 10, are.
                await beat(0)
                await beat(2)
                try await until { await deliveries.resets.count == 2 }
                await publish(3)
                await publish(6)
                await publish(7)
                try await until { await deliveries.sequences == [3, 4, 5, 6, 7] }
                await beat(10)
                try await until { await deliveries.sequences == [3, 4, 5, 6, 7, 8, 9, 10] }
                #expect(await deliveries.resets.map(\.sequence) == [0, 2])
                #expect(await subscriber.healedGaps == 3)
                running.cancel()
                try await running.value
            }
            await raw.close()
        }
    }

    @Test(
        "Only Unix sockets and loopback tcp are addresses",
        arguments: [
            ("ipc:///tmp/x.sock", true), ("tcp://127.0.0.1:5555", true), ("tcp://[::1]:5555", true),
            ("tcp://10.0.0.1:5555", false), ("tcp://localhost:5555", false), ("tcp://*:5555", false),
            ("tcp://127.0.0.1.example.org:1", false), ("tcp://127.0.0.1", false), ("tcp://127.0.0.1:70000", false),
            ("ipc://relative.sock", false), ("ipc://@abstract", false), ("udp://127.0.0.1:1", false), ("", false),
            ("ipc:///" + String(repeating: "a", count: 107), false),
        ])
    func addresses(text: String, isValid: Bool) {
        #expect(((try? BusAddress(text)) != nil) == isValid)
    }

    @Test("Tcp to another host is refused for the lack of keys, and the error says so")
    func encryption() throws {
        #expect(throws: BusError.encryptionRequired("tcp://192.0.2.1:1")) { try BusAddress("tcp://192.0.2.1:1") }
        #expect(BusError.encryptionRequired("tcp://192.0.2.1:1").description.contains("CURVE"))
    }

    @Test("Loopback tcp carries requests as well")
    func tcp() async throws {
        try await withReactor { reactor in
            // The port is the process's choice: another test run may use the same machine.
            let port = 20_000 + Int(getpid()) % 20_000
            let address = "tcp://127.0.0.1:\(port)"
            let server = try BusServer(reactor: reactor, address: address, logger: quietLogger) { .reply($0.body) }
            let client = try BusClient(reactor: reactor, address: address, configuration: .queries)
            try await withServer(server) {
                let reply = try await client.request(kind: .query, body: [1], id: freshID(), deadline: soon())
                #expect(reply.body == [1])
            }
        }
    }
}
