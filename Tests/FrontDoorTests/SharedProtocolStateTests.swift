import Logging
import MCP
import SharedState
import TestSupport
import Testing

@testable import FrontDoor

/// What the protocol keeps, on a real Redis, seen from two front doors.
@Suite(.timeLimit(.minutes(1))) struct SharedProtocolStateTests {
    private func with(_ test: (RedisServer, RedisClient, RedisClient) async throws -> Void) async throws {
        try await withRedis { server in
            let clients = try (0..<2).map { _ in
                RedisClient(url: try RedisURL(server.url), logger: Logger(label: "test"))
            }
            try await test(server, clients[0], clients[1])
            for client in clients { await client.close() }
        }
    }

    @Test func answersAreUsedOnce() async throws {
        try await with { server, first, second in
            let doors = [first, second].map { SharedSingleUse(redis: $0, now: { 1000 }) }
            let firsts = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask { try await doors[number % 2].claim("nonce.1", until: 1600) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(firsts == 1)
            #expect(try await doors[1].claim("nonce.2", until: 900))
            #expect(try (500...600).contains(Int(server.command("TTL", "dmcp:used:nonce.1")) ?? 0))
            server.kill()
            await #expect(throws: Problem.self) { try await doors[0].claim("nonce.3", until: 1600) }
        }
    }

    @Test func sessionsGoOnWithoutRedisAndCannotEnd() async throws {
        try await with { server, first, second in
            let doors = [first, second].map { SharedRevocations(redis: $0, now: { 1000 }) }
            try await doors[0].revoke("ended", until: 1600)
            #expect(try await doors[1].isRevoked("ended"))
            #expect(try await !doors[1].isRevoked("going on"))
            server.kill()
            #expect(try await !doors[1].isRevoked("going on"))
            await #expect(throws: Problem.self) { try await doors[0].revoke("going on", until: 1600) }
        }
    }

    @Test func sessionsAreKeptForAllDoors() async throws {
        try await with { server, first, second in
            let (one, other) = (SharedSessionStates(redis: first), SharedSessionStates(redis: second))
            #expect(try await other.state(of: "s") == SessionState())
            let expiry = WallClock.unixMilliseconds / 1000 + 600
            try await one.setLogLevel(.error, of: "s", until: expiry)
            for uri in ["a:1", "b:2"] { try await one.setSubscribed(true, to: uri, session: "s", until: expiry) }
            try await other.setSubscribed(false, to: "a:1", session: "s", until: expiry)
            #expect(try await other.state(of: "s") == SessionState(logLevel: .error, subscriptions: ["b:2"]))
            #expect(try await one.state(of: "another") == SessionState())
            #expect(try (1...600).contains(Int(server.command("TTL", "dmcp:session:s")) ?? 0))
        }
    }

    @Test func lettersReachEveryDoor() async throws {
        try await with { server, first, second in
            let waiting = try (0..<2).map { _ in
                RedisClient(url: try RedisURL(server.url), logger: Logger(label: "test"))
            }
            let doors = zip([first, second], waiting).map { SharedMailbox(redis: $0, waiting: $1) }
            try await doors[0].send(Array("before anybody listened".utf8))
            let (letters, arrival) = AsyncStream.makeStream(of: (Int, String).self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, door) in doors.enumerated() {
                    group.addTask {
                        await door.receive { arrival.yield((number, String(decoding: $0, as: UTF8.self))) }
                    }
                }
                while try !server.command("INFO", "clients").contains("blocked_clients:2") { await Task.yield() }
                let sent = (0..<5).map { "letter \($0)" }
                for letter in sent { try await doors[1].send(Array(letter.utf8)) }
                var heard: [[String]] = [[], []]
                for await (number, letter) in letters {
                    heard[number].append(letter)
                    if heard.allSatisfy({ $0.count == sent.count }) { break }
                }
                #expect(heard == [sent, sent])
                group.cancelAll()
            }
            for client in waiting { await client.close() }
        }
    }
}
