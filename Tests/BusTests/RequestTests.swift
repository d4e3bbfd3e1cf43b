import Bus
import Contracts
import TestSupport
import Testing

@Suite("Requests over real sockets", .timeLimit(.minutes(1)))
struct RequestTests {
    private func echo(_ reactor: BusReactor, _ addresses: BusAddresses) throws -> BusServer {
        try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) { request in
            .reply(request.body, attachment: request.attachment)
        }
    }

    @Test("Thousands of requests at once each get their own answer")
    func concurrency() async throws {
        try await withBus { reactor, addresses in
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(echo(reactor, addresses)) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<200 {
                        group.addTask {
                            for round in 0..<20 {
                                let text = "\(worker)-\(round)"
                                let reply = try await client.request(
                                    kind: .query, body: Array(text.utf8), id: freshID(), deadline: soon(),
                                    attachment: round.isMultiple(of: 2) ? [UInt8](repeating: 7, count: worker) : nil)
                                #expect(String(decoding: reply.body, as: UTF8.self) == text)
                                #expect(reply.attachment?.count == (round.isMultiple(of: 2) ? worker : nil))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(await client.statistics.late == 0)
                #expect(await client.statistics.malformed == 0)
            }
        }
    }

    @Test("A task on the bus thread can ask the bus")
    func callerOnTheBusThread() async throws {
        try await withBus { reactor, addresses in
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(echo(reactor, addresses)) {
                try await withTaskExecutorPreference(reactor.taskExecutor) {
                    for number in 0..<100 {
                        let reply = try await client.request(
                            kind: .query, body: [UInt8(number)], id: freshID(), deadline: soon())
                        #expect(reply.body == [UInt8(number)])
                    }
                }
            }
        }
    }

    @Test("A restart of the server is invisible: the same id is sent again")
    func serverRestart() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { clientReactor in
                let client = try BusClient(
                    reactor: clientReactor, address: addresses.commands, configuration: .commands)
                let id = freshID()
                let (arrivals, arrived) = AsyncStream.makeStream(of: BusRequest.self)
                let answer = Task {
                    try await client.request(kind: .command, body: [1], id: id, deadline: soon(20_000))
                }
                try await withReactor { reactor in
                    let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) {
                        request in
                        arrived.yield(request)
                        // Never answers: it is killed in the middle of the work.
                        await untilCancelled()
                        return .reply([0])
                    }
                    let running = Task { try await server.run() }
                    var requests = arrivals.makeAsyncIterator()
                    #expect(await requests.next()?.header.id == id)
                    await reactor.shutdown()
                    running.cancel()
                    try? await running.value
                }
                try await withReactor { reactor in
                    let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) {
                        request in
                        #expect(request.header.id == id)
                        #expect(request.header.flags.contains(.resent))
                        return .reply([9])
                    }
                    try await withServer(server) {
                        let answer1 = try await answer.value.body
                        #expect(answer1 == [9])
                        #expect(await client.statistics.resent >= 1)
                    }
                }
            }
        }
    }

    @Test("A full server is BUSY at once, with a time to ask again")
    func busy() async throws {
        try await withBus { reactor, addresses in
            let gate = Gate()
            let server = try BusServer(
                reactor: reactor, address: addresses.queries, configuration: .init(concurrency: 2, queue: 3),
                logger: quietLogger
            ) { request in
                await gate.wait()
                return .reply(request.body)
            }
            let wide = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(server) {
                let outcomes = try await withThrowingTaskGroup(of: WireErrorCode?.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            do {
                                _ = try await wide.request(kind: .query, body: [], id: freshID(), deadline: soon())
                                return nil
                            } catch let error as WireError {
                                #expect(error.retryAfterSeconds > 0)
                                return error.code
                            }
                        }
                    }
                    var outcomes: [WireErrorCode?] = []
                    for _ in 0..<3 { outcomes.append(try await group.next() ?? nil) }
                    #expect(outcomes == [.busy, .busy, .busy])
                    await gate.open()
                    for try await outcome in group { outcomes.append(outcome) }
                    return outcomes
                }
                #expect(outcomes.count { $0 == nil } == 5)
                #expect(await server.statistics.busy == 3)
            }
        }
    }

    @Test("A command sent again to a full server is asked again: the first sending may have been carried out")
    func busyAfterRestart() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { clientReactor in
                let client = try BusClient(
                    reactor: clientReactor, address: addresses.commands, configuration: .commands)
                let begun = Counter()
                let first = try BusReactor()
                let killed = try BusServer(reactor: first, address: addresses.commands, logger: quietLogger) { _ in
                    await begun.increment()
                    await untilCancelled()
                    return .reply([0])
                }
                let running = Task { try await killed.run() }
                let answer = Task {
                    try await client.request(kind: .command, body: [1], id: freshID(), deadline: soon(20_000))
                }
                try await until { await begun.value == 1 }
                await first.shutdown()
                running.cancel()
                try? await running.value

                try await withReactor { reactor in
                    let sendings = Counter()
                    let successor = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) {
                        request in
                        #expect(request.header.flags.contains(.resent))
                        guard await sendings.increment() > 1 else {
                            return .refusal(WireError(.busy, "full", retryAfterSeconds: 0.02))
                        }
                        return .reply([9])
                    }
                    try await withServer(successor) {
                        let body = try await answer.value.body
                        #expect(body == [9])
                    }
                }
            }
        }
    }

    @Test("A full window is BUSY at once, also while the peer is away")
    func fullWindow() async throws {
        try await withBus { reactor, addresses in
            let client = try BusClient(
                reactor: reactor, address: addresses.queries,
                configuration: .init(window: 1, resendInterval: .seconds(1), connectGrace: .seconds(60)))
            await withTaskGroup(of: WireErrorCode?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            _ = try await client.request(kind: .query, body: [], id: freshID(), deadline: soon())
                            return nil
                        } catch {
                            return (error as? WireError)?.code
                        }
                    }
                }
                #expect(await group.next() == .busy)
                group.cancelAll()
            }
        }
    }

    @Test("Work whose deadline passed in the queue is EXPIRED and never begun")
    func expired() async throws {
        try await withBus { reactor, addresses in
            let gate = Gate()
            let begun = Counter()
            let server = try BusServer(
                reactor: reactor, address: addresses.queries, configuration: .init(concurrency: 1, queue: 10),
                logger: quietLogger
            ) { request in
                await begun.increment()
                await gate.wait()
                return .reply([])
            }
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(server) {
                async let long = client.request(kind: .query, body: [1], id: freshID(), deadline: soon())
                try await until { await begun.value == 1 }
                let error = await #expect(throws: WireError.self) {
                    try await client.request(kind: .query, body: [2], id: freshID(), deadline: soon(50))
                }
                #expect(error?.code == .expired)
                let past = await #expect(throws: WireError.self) {
                    try await client.request(kind: .query, body: [2], id: freshID(), deadline: soon(-1))
                }
                #expect(past?.code == .expired)
                await gate.open()
                _ = try await long
            }
            #expect(await begun.value == 1)
            #expect(await server.statistics.expired == 1)
        }
    }

    @Test("Cancelling a query stops its handler; cancelling a command only frees the caller")
    func cancellation() async throws {
        try await withBus { reactor, addresses in
            let (ends, ended) = AsyncStream.makeStream(of: Bool.self)
            let gate = Gate()
            let begun = Counter()
            let server = try BusServer(reactor: reactor, address: addresses.queries, logger: quietLogger) { request in
                await begun.increment()
                if request.header.kind == .query {
                    await untilCancelled()
                } else {
                    await gate.wait()
                }
                ended.yield(Task.isCancelled)
                return .reply([])
            }
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .queries)
            try await withServer(server) {
                var iterator = ends.makeAsyncIterator()
                for (index, kind) in [BusHeader.Kind.query, .command].enumerated() {
                    let call = Task { try await client.request(kind: kind, body: [], id: freshID(), deadline: soon()) }
                    try await until { await begun.value == index + 1 }
                    call.cancel()
                    await #expect(throws: WireError.self) { try await call.value }
                    if kind == .command { await gate.open() }
                    #expect(await iterator.next() == (kind == .query))
                }
            }
        }
    }

    @Test("An id in progress is worked on once and everyone who asked gets the answer")
    func duplicates() async throws {
        try await withBus { reactor, addresses in
            let gate = Gate()
            let begun = Counter()
            let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) { request in
                await begun.increment()
                await gate.wait()
                return .reply([42])
            }
            let clients = try (0..<4).map { _ in
                try BusClient(reactor: reactor, address: addresses.commands, configuration: .commands)
            }
            let id = freshID()
            try await withServer(server) {
                try await withThrowingTaskGroup(of: [UInt8].self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            try await clients[number % 4].request(
                                kind: .command, body: [1], id: id, deadline: soon()
                            ).body
                        }
                    }
                    try await until { await server.statistics.duplicates >= 3 }
                    let conflict = await #expect(throws: WireError.self) {
                        try await clients[0].request(kind: .command, body: [2], id: id, deadline: soon())
                    }
                    #expect(conflict?.code == .idempotencyConflict)
                    await gate.open()
                    for try await body in group { #expect(body == [42]) }
                }
            }
            #expect(await begun.value == 1)
        }
    }

    @Test("A peer that is away fails a read after the grace, and a command that was never sent too")
    func unavailable() async throws {
        try await withBus { reactor, addresses in
            let client = try BusClient(
                reactor: reactor, address: addresses.commands,
                configuration: .init(window: 4, resendInterval: .milliseconds(50), connectGrace: .milliseconds(30)))
            for kind in [BusHeader.Kind.command, .query] {
                let error = await #expect(throws: WireError.self) {
                    try await client.request(kind: kind, body: [], id: freshID(), deadline: soon())
                }
                #expect(error?.code == .unavailable)
            }
        }
    }

    @Test("A command without an answer at its deadline is in doubt, not undone")
    func inDoubt() async throws {
        try await withBus { reactor, addresses in
            let gate = Gate()
            let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) { _ in
                await gate.wait()
                return .reply([])
            }
            let client = try BusClient(reactor: reactor, address: addresses.commands, configuration: .commands)
            try await withServer(server) {
                let error = await #expect(throws: WireError.self) {
                    try await client.request(kind: .command, body: [], id: freshID(), deadline: soon(200))
                }
                #expect(error?.code == .inDoubt)
                await gate.open()
                try await until { await client.statistics.late == 1 }
            }
        }
    }

    @Test("Draining finishes what was admitted and leaves the rest to the next server")
    func drain() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            try await withReactor { clientReactor in
                let client = try BusClient(
                    reactor: clientReactor, address: addresses.queries, configuration: .queries)
                let gate = Gate()
                let begun = Counter()
                let first = try BusReactor()
                let server = try BusServer(reactor: first, address: addresses.queries, logger: quietLogger) { _ in
                    await begun.increment()
                    await gate.wait()
                    return .reply([1])
                }
                let running = Task { try await server.run() }
                async let admitted = client.request(kind: .query, body: [1], id: freshID(), deadline: soon())
                try await until { await begun.value == 1 }
                server.drain()
                // The drain is on the bus thread before the next request arrives there.
                _ = await server.statistics
                let left = Task { try await client.request(kind: .query, body: [2], id: freshID(), deadline: soon()) }
                await gate.open()
                let answer2 = try await admitted.body
                #expect(answer2 == [1])
                try await running.value
                await first.shutdown()
                try await withReactor { second in
                    let successor = try BusServer(reactor: second, address: addresses.queries, logger: quietLogger) {
                        _ in .reply([2])
                    }
                    try await withServer(successor) {
                        let reply = try await left.value
                        #expect(reply.body == [2])
                    }
                }
            }
        }
    }

    @Test("Nothing waits after the reactor's shutdown")
    func shutdown() async throws {
        try await withTemporaryDirectory { directory in
            let addresses = BusAddresses(directory: directory)
            let reactor = try BusReactor()
            let client = try BusClient(reactor: reactor, address: addresses.queries, configuration: .commands)
            let call = Task { try await client.request(kind: .command, body: [], id: freshID(), deadline: soon()) }
            let server = try BusServer(reactor: reactor, address: addresses.commands, logger: quietLogger) { _ in
                .reply([])
            }
            let running = Task { try await server.run() }
            try await server.bind()
            await reactor.shutdown()
            await #expect(throws: WireError.self) { try await call.value }
            try? await running.value
            let after = await #expect(throws: WireError.self) {
                try await client.request(kind: .command, body: [], id: freshID(), deadline: soon())
            }
            #expect(after?.code == .unavailable)
        }
    }
}
