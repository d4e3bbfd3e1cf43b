import Bus
import Contracts
import Logging
import TestSupport

let quietLogger: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// A reactor, shut down whatever happens.
func withReactor<Result>(_ body: (BusReactor) async throws -> Result) async throws -> Result {
    let reactor = try BusReactor()
    do {
        let result = try await body(reactor)
        await reactor.shutdown()
        return result
    } catch {
        await reactor.shutdown()
        throw error
    }
}

/// A reactor and the addresses of a bus of its own.
func withBus<Result>(_ body: (BusReactor, BusAddresses) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { directory in
        try await withReactor { try await body($0, BusAddresses(directory: directory)) }
    }
}

/// Runs a server beside the body, and drains it.
func withServer<Result>(_ server: BusServer, _ body: () async throws -> Result) async throws -> Result {
    try await server.bind()
    async let running: Void = server.run()
    do {
        let result = try await body()
        server.drain()
        try await running
        return result
    } catch {
        server.drain()
        try await running
        throw error
    }
}

func freshID() -> MessageID {
    var random = SystemRandomNumberGenerator()
    return .make(unixMilliseconds: BusClock.system.unixMilliseconds(), using: &random)
}

/// Unix milliseconds.
func soon(_ milliseconds: Int64 = 10_000) -> Int64 {
    BusClock.system.unixMilliseconds() + milliseconds
}

/// Lets others run until something holds; the suite's time limit ends a wait for something that never does.
func until(_ condition: () async -> Bool) async throws {
    while await !condition() {
        try Task.checkCancellation()
        await Task.yield()
    }
}

/// Something that is opened once and waited for by many.
actor Gate {
    private var isOpen = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    func wait() async {
        if !isOpen { await withCheckedContinuation { waiters.append($0) } }
    }
}

actor Counter {
    private(set) var value = 0

    @discardableResult
    func increment() -> Int {
        value += 1
        return value
    }
}
