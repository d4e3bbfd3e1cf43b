import Contracts
import Logging
import Synchronization
import TestSupport

@testable import SharedState

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
let goodSecret = "vN3q8LrT0pYw5ZkB2xJd7HcF9mGs4QaE1uRi6KhVtXoPzS0eWyUjMbCnIlDgAfO2"

/// A time that only tests move.
final class VirtualTime: Sendable {
    private let value: Atomic<Int>

    init(_ value: Int) {
        self.value = Atomic(value)
    }

    var now: Int { value.load(ordering: .relaxed) }

    func set(_ now: Int) {
        value.store(now, ordering: .relaxed)
    }

    func advance(_ by: Int) {
        value.wrappingAdd(by, ordering: .relaxed)
    }
}

func client(_ server: RedisServer, timeout: Duration = .seconds(5), maximumInFlight: Int = 4096) throws -> RedisClient {
    let configuration = RedisClient.Configuration(timeout: timeout, maximumInFlight: maximumInFlight)
    return RedisClient(url: try RedisURL(server.url), configuration: configuration, logger: silent)
}

/// Runs the body with a fresh Redis and one client of it.
func withClient<Value>(_ body: (RedisClient, RedisServer) async throws -> Value) async throws -> Value {
    try await withRedis { server in
        let redis = try client(server)
        let value = try await body(redis, server)
        await redis.close()
        return value
    }
}

/// Repeats until Redis answers; the suite's time limit bounds it.
func untilAnswered(_ redis: RedisClient) async {
    while (try? await redis.send(RedisCommand("PING"))) == nil { await Task.yield() }
}

func issuer(
    _ secret: String = goodSecret, audience: String = "https://mcp.example/mcp", now: VirtualTime? = nil
) async throws -> TokenIssuer {
    let clock: @Sendable () -> Int64 = { now.map { Int64($0.now) } ?? WallClock.unixMilliseconds }
    return await TokenIssuer(
        secret: try JWTSecret(secret), issuer: "https://mcp.example", audience: audience, now: clock)
}

extension KeyStore {
    func create(_ request: KeyRequest) async throws -> IssuedKey {
        var random = SystemRandomNumberGenerator()
        return try await create(request, using: &random)
    }

    func rotate(_ id: String, overlap: Duration) async throws -> IssuedKey {
        var random = SystemRandomNumberGenerator()
        return try await rotate(id, overlap: overlap, using: &random)
    }
}

/// The error of one command; nil when it succeeds.
func failure(_ redis: RedisClient, _ command: RedisCommand) async -> RedisError? {
    do throws(RedisError) {
        _ = try await redis.send(command)
        return nil
    } catch {
        return error
    }
}
