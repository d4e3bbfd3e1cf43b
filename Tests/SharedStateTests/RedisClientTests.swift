import TestSupport
import Testing

@testable import SharedState

@Suite(.timeLimit(.minutes(1))) struct RedisClientTests {
    @Test func valuesOfEveryKind() async throws {
        try await withClient { redis, _ in
            #expect(try await redis.send(RedisCommand("PING")).string == "PONG")
            #expect(try await redis.send(RedisCommand("GET", "absent")) == .null)
            #expect(try await redis.send(RedisCommand("INCRBY", "n", "-7")) == .integer(-7))
            _ = try await redis.send(RedisCommand("SET", "text", "line\r\nbreak \u{0} ☃"))
            #expect(try await redis.send(RedisCommand("GET", "text")).string == "line\r\nbreak \u{0} ☃")
            let nested = try await redis.send(
                RedisCommand("EVAL", "return {1, {'a', false}, redis.error_reply('X y')}", "0"))
            #expect(nested == .array([.integer(1), .array([.bytes(Array("a".utf8)), .null]), .error("X y")]))
        }
    }

    @Test func errorReplyIsThrown() async throws {
        try await withClient { redis, _ in
            let error = await failure(redis, RedisCommand("NOSUCH"))
            guard case .server(let message) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(message.hasPrefix("ERR unknown command"))
        }
    }

    @Test func answersGoToTheirCallers() async throws {
        try await withClient { redis, _ in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<2000 {
                    group.addTask { try await redis.send(RedisCommand("ECHO", "\(number)")).integer == number }
                }
                for try await right in group { #expect(right) }
            }
        }
    }

    @Test func bigAnswer() async throws {
        try await withClient { redis, _ in
            let text = String(repeating: "0123456789abcdef", count: 200_000)
            _ = try await redis.send(RedisCommand("SET", "big", text))
            #expect(try await redis.send(RedisCommand("GET", "big")).string == text)
        }
    }

    @Test func databaseIsSelected() async throws {
        try await withRedis { server in
            var url = try RedisURL(server.url)
            url.database = 5
            let redis = RedisClient(url: url, logger: silent)
            _ = try await redis.send(RedisCommand("SET", "here", "1"))
            #expect(try server.command("-n", "5", "GET", "here") == "1")
            #expect(try server.command("GET", "here") == "")
            await redis.close()
        }
    }

    @Test func wrongPasswordIsAnOutageThatSaysWhy() async throws {
        try await withRedis { server in
            var url = try RedisURL(server.url)
            url.password = "wrong"
            let redis = RedisClient(url: url, logger: silent)
            let error = await failure(redis, RedisCommand("PING"))
            guard case .unavailable(let reason) = error else { return #expect(Bool(false)) }
            #expect(reason.hasPrefix("WRONGPASS"))
            await redis.close()
        }
    }

    @Test func nobodyListens() async throws {
        let redis = RedisClient(url: try RedisURL("unix:///tmp/dmcp-no-such.sock"), logger: silent)
        let error = await failure(redis, RedisCommand("PING"))
        #expect(error?.isOutage == true)
        await redis.close()
    }

    @Test func comesBackAfterRestart() async throws {
        try await withClient { redis, server in
            _ = try await redis.send(RedisCommand("SET", "kept", "yes"))
            server.kill()
            let error = await failure(redis, RedisCommand("PING"))
            #expect(error?.isOutage == true)
            try await server.start()
            await untilAnswered(redis)
            #expect(try await redis.send(RedisCommand("GET", "kept")).string == "yes")
        }
    }

    @Test func commandsInFlightFailWhenTheServerDies() async throws {
        try await withRedis { server in
            let redis = try client(server, timeout: .seconds(30))
            _ = try await redis.send(RedisCommand("PING"))
            async let blocked = failure(redis, RedisCommand("BLPOP", "never", "0"))
            // The command is with the server once a second client counts it as blocked.
            while try !server.command("INFO", "clients").contains("blocked_clients:1") {}
            server.kill()
            let error = await blocked
            guard case .unavailable = error else { return #expect(Bool(false), "\(String(describing: error))") }
            await redis.close()
        }
    }

    @Test func frozenServerTimesOutThenFailsAtOnceThenRecovers() async throws {
        try await withRedis { server in
            let redis = try client(server, timeout: .milliseconds(200))
            _ = try await redis.send(RedisCommand("PING"))
            server.freeze()
            let clock = ContinuousClock()
            let start = clock.now
            let error = await failure(redis, RedisCommand("PING"))
            #expect(error?.isOutage == true)
            #expect(clock.now - start < .seconds(5))
            server.thaw()
            await untilAnswered(redis)
            await redis.close()
        }
    }

    @Test func lateReplyIsNotTakenForTheNext() async throws {
        try await withRedis { server in
            let redis = try client(server, timeout: .seconds(20))
            _ = try await redis.send(RedisCommand("PING"))
            let error = await #expect(throws: RedisError.self) {
                try await redis.send(RedisCommand("BLPOP", "list", "0"), timeout: .milliseconds(50))
            }
            #expect(error == .timeout)
            async let next = redis.send(RedisCommand("ECHO", "mine")).string
            try server.command("LPUSH", "list", "late")
            let text = try await next
            #expect(text == "mine")
            await redis.close()
        }
    }

    @Test func cancelledCallerGoesAtOnce() async throws {
        try await withRedis { server in
            let redis = try client(server, timeout: .seconds(30))
            _ = try await redis.send(RedisCommand("PING"))
            let error = await withTaskGroup(of: RedisError?.self) { group in
                group.addTask { await failure(redis, RedisCommand("BLPOP", "never", "0")) }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(error == .cancelled)
            await redis.close()
        }
    }

    @Test func inFlightIsBounded() async throws {
        try await withRedis { server in
            let redis = try client(server, timeout: .seconds(30), maximumInFlight: 3)
            server.freeze()
            let errors = await withTaskGroup(of: RedisError?.self) { group in
                for _ in 0..<8 {
                    group.addTask { await failure(redis, RedisCommand("PING")) }
                }
                var errors: [RedisError?] = []
                while errors.count < 5, let error = await group.next() { errors.append(error) }
                server.thaw()
                for await error in group { errors.append(error) }
                return errors
            }
            #expect(errors.count { $0 == .busy } == 5)
            #expect(errors.count { $0 == nil } == 3)
            // Every place is free again.
            for _ in 0..<10 { _ = try await redis.send(RedisCommand("PING")) }
            await redis.close()
        }
    }

    @Test func closedClientRefuses() async throws {
        try await withClient { redis, _ in
            _ = try await redis.send(RedisCommand("PING"))
            await redis.close()
            let error = await failure(redis, RedisCommand("PING"))
            #expect(error == .unavailable(reason: "the client is closed"))
        }
    }

    @Test func forgottenScriptIsSentAgain() async throws {
        try await withClient { redis, server in
            let script = RedisScript("return redis.call('INCR', KEYS[1]) + ARGV[1]")
            #expect(try await redis.evaluate(script, keys: ["n"], arguments: ["10"]).integer == 11)
            #expect(try server.command("SCRIPT", "EXISTS", script.digest) == "1")
            try server.command("SCRIPT", "FLUSH")
            #expect(try await redis.evaluate(script, keys: ["n"], arguments: ["10"]).integer == 12)
            #expect(try await redis.evaluate(script, keys: ["n"], arguments: ["10"]).integer == 13)
        }
    }

    @Test func backoffGrowsToItsBoundAndStartsAgain() {
        var random = SeededGenerator(seed: 1)
        var backoff = ReconnectBackoff()
        let delays = (0..<20).map { _ in backoff.failed(using: &random) }
        #expect(delays[0] >= .milliseconds(16) && delays[0] <= .milliseconds(24))
        #expect(delays[5...].allSatisfy { $0 >= .milliseconds(400) && $0 <= .milliseconds(600) })
        backoff.succeeded()
        #expect(backoff.failed(using: &random) <= .milliseconds(24))
    }
}
