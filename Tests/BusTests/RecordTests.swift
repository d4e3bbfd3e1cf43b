import Bus
import Contracts
import TestSupport
import Testing

/// A log in memory that outlives its writers, as a file would.
actor MemoryLog {
    private(set) var records: [IncomingRecord] = []
    private(set) var known: [RecordStream: RecordPosition] = [:]
    private var refusal: WireError?

    func refuse(with error: WireError?) {
        refusal = error
    }

    func write(_ batch: [IncomingRecord]) throws(WireError) -> [UInt64] {
        if let refusal { throw refusal }
        return batch.map { record in
            records.append(record)
            let position = UInt64(records.count)
            known[record.stream] = RecordPosition(sequence: record.sequence, logSequence: position)
            return position
        }
    }

    func bodies(of producer: String) -> [String] {
        records.filter { $0.stream.producer == producer }.map { String(decoding: $0.body, as: UTF8.self) }
    }
}

@Suite("Audit records over real sockets", .timeLimit(.minutes(1)))
struct RecordTests {
    private func server(_ reactor: BusReactor, _ addresses: BusAddresses, _ log: MemoryLog) async throws -> RecordServer
    {
        try RecordServer(reactor: reactor, address: addresses.records, known: await log.known, logger: quietLogger) {
            records throws(WireError) in try await log.write(records)
        }
    }

    private func serving(
        _ reactor: BusReactor, _ addresses: BusAddresses, _ log: MemoryLog, _ body: () async throws -> Void
    ) async throws {
        let server = try await server(reactor, addresses, log)
        try await server.bind()
        async let running: Void = server.run()
        do {
            try await body()
            server.drain()
            try await running
        } catch {
            server.drain()
            try await running
            throw error
        }
    }

    @Test("Each acknowledged record is in the log at the position that was told")
    func positions() async throws {
        try await withBus { reactor, addresses in
            let log = MemoryLog()
            let producers = try (0..<3).map {
                try RecordProducer(
                    reactor: reactor, address: addresses.records, name: "producer-\($0)", logger: quietLogger)
            }
            try await serving(reactor, addresses, log) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, producer) in producers.enumerated() {
                        for number in 0..<200 {
                            group.addTask {
                                let text = "\(index)/\(number)"
                                let position = try await producer.append(Array(text.utf8))
                                let record = await log.records[Int(position) - 1]
                                #expect(String(decoding: record.body, as: UTF8.self) == text)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(await log.records.count == 600)
            #expect(producers.allSatisfy { $0.unacknowledgedCount == 0 })
        }
    }

    @Test("Across restarts of the writer every record is in the log once and in order")
    func writerRestarts() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { producerReactor in
                let log = MemoryLog()
                let producer = try RecordProducer(
                    reactor: producerReactor, address: addresses.records, name: "p", logger: quietLogger)
                var posted: [String] = []
                for life in 0..<6 {
                    try await withReactor { reactor in
                        let server = try await server(reactor, addresses, log)
                        let running = Task { try await server.run() }
                        let before = await log.records.count
                        for number in 0..<300 {
                            let text = "\(life)/\(number)"
                            try producer.post(Array(text.utf8))
                            posted.append(text)
                        }
                        // Killed when some are written and most acknowledgements are on their way.
                        try await until { await log.records.count > before }
                        await reactor.shutdown()
                        try? await running.value
                    }
                }
                try await withReactor { reactor in
                    try await serving(reactor, addresses, log) { try await producer.flush(within: .seconds(20)) }
                }
                #expect(await log.bodies(of: "p") == posted)
                #expect(producer.unacknowledgedCount == 0)
            }
        }
    }

    @Test("A full ring refuses, and what it holds is delivered later")
    func fullRing() async throws {
        try await withBus { reactor, addresses in
            let log = MemoryLog()
            var configuration = RecordProducer.Configuration()
            configuration.ringRecords = 10
            let producer = try RecordProducer(
                reactor: reactor, address: addresses.records, name: "p", configuration: configuration,
                logger: quietLogger)
            for number in 0..<10 { try producer.post([UInt8(number)]) }
            let full = #expect(throws: WireError.self) { try producer.post([99]) }
            #expect(full?.code == .auditUnavailable)
            let late = await #expect(throws: WireError.self) { try await producer.append([99]) }
            #expect(late?.code == .auditUnavailable)
            try await serving(reactor, addresses, log) { try await producer.flush(within: .seconds(10)) }
            #expect(await log.records.map(\.body) == (0..<10).map { [UInt8($0)] })
        }
    }

    @Test("Without an acknowledgement in time the append fails, and the record is still delivered")
    func timeout() async throws {
        try await withBus { reactor, addresses in
            let log = MemoryLog()
            let producer = try RecordProducer(
                reactor: reactor, address: addresses.records, name: "p", logger: quietLogger)
            let error = await #expect(throws: WireError.self) {
                try await producer.append([1], within: .milliseconds(50))
            }
            #expect(error?.code == .auditUnavailable)
            #expect(producer.unacknowledgedCount == 1)
            try await serving(reactor, addresses, log) { try await producer.flush(within: .seconds(10)) }
            #expect(await log.records.map(\.body) == [[1]])
        }
    }

    @Test("A refusal reaches who waits, and the records follow when the log takes them again")
    func refusal() async throws {
        try await withBus { reactor, addresses in
            let log = MemoryLog()
            await log.refuse(with: WireError(.auditUnavailable, "The disk is full."))
            var configuration = RecordProducer.Configuration()
            configuration.refusalPause = .milliseconds(50)
            let producer = try RecordProducer(
                reactor: reactor, address: addresses.records, name: "p", configuration: configuration,
                logger: quietLogger)
            try await serving(reactor, addresses, log) {
                let error = await #expect(throws: WireError.self) { try await producer.append([1]) }
                #expect(error?.message == "The disk is full.")
                await log.refuse(with: nil)
                let answer1 = try await producer.append([2])
                #expect(answer1 == 2)
            }
            #expect(await log.records.map(\.body) == [[1], [2]])
        }
    }

    @Test("A log that lost records gets what follows in a new epoch, nothing twice")
    func lostLog() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { producerReactor in
                let producer = try RecordProducer(
                    reactor: producerReactor, address: addresses.records, name: "p", logger: quietLogger)
                try await withReactor { reactor in
                    try await serving(reactor, addresses, MemoryLog()) { _ = try await producer.append([1]) }
                }
                let emptied = MemoryLog()
                try await withReactor { reactor in
                    try await serving(reactor, addresses, emptied) {
                        let answer2 = try await producer.append([2], within: .seconds(20))
                        #expect(answer2 == 1)
                        let answer3 = try await producer.append([3])
                        #expect(answer3 == 2)
                    }
                }
                #expect(await emptied.records.map(\.body) == [[2], [3]])
                #expect(await emptied.records.map(\.sequence) == [1, 2])
            }
        }
    }
}
