import Contracts
import TestSupport
import Testing

@testable import SharedState

@Suite(.timeLimit(.minutes(1))) struct FrontDoorGateTests {
    private func gate(_ redis: RedisClient, policy: RateLimitPolicy = RateLimitPolicy()) async throws -> FrontDoorGate {
        FrontDoorGate(redis: redis, tokens: try await issuer(), policy: policy, outageShare: 0.5, logger: silent)
    }

    private func policy(_ key: String, tenant: Double = 10, destructive: Double = 0.5) throws -> RateLimitPolicy {
        RateLimitPolicy(
            key: try #require(RateLimit(key)), tenant: tenant,
            classes: [.read: 1, .write: 1, .destructive: destructive])
    }

    private func refusal(_ body: () async throws -> some Any) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await body() }
    }

    private func limited(_ body: () async throws -> some Any) async throws -> RateLimitRefusal {
        guard case .rateLimited(let refusal) = await refusal(body) else { throw RedisError.cancelled }
        return refusal
    }

    @Test func admitsWithTheKeysGrantAndLimits() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let issued = try await store.create(
                KeyRequest(
                    name: "k", level: .moderate, tenant: "acme", guilds: .only([Snowflake(7)]),
                    toolsets: .only(["messages"]),
                    discordUser: Snowflake(9), rateLimit: RateLimit("10/60")))
            let gate = try await gate(redis)
            let admission = try await gate.admit(bearer: issued.key.text, effect: .destructive)
            #expect(admission.grant == issued.record.grant)
            #expect(!admission.isDegraded)
            #expect(admission.limits.map(\.policy) == ["key", "tenant", "destructive"])
            #expect(admission.limits.map(\.limit.quota) == [10, 100, 5])
            #expect(admission.limits.map(\.remaining) == [9, 99, 4])
            #expect(admission.limits[0].reset == .seconds(6))
            #expect(try await store.show(issued.key.id)?.lastUsedAt != nil)
        }
    }

    @Test func looksWithoutSpending() async throws {
        try await withClient { redis, _ in
            let issued = try await KeyStore(redis: redis).create(
                KeyRequest(name: "k", level: .readOnly, rateLimit: RateLimit("1/3600")))
            let gate = try await gate(redis)
            for _ in 0..<5 { #expect(try await gate.authenticate(bearer: issued.key.text) == issued.record.grant) }
            _ = try await gate.admit(bearer: issued.key.text, effect: .read)
            #expect(try await gate.authenticate(bearer: issued.key.text) == issued.record.grant)
            #expect(try await limited { try await gate.admit(bearer: issued.key.text, effect: .read) }.policy == "key")
        }
    }

    @Test func screensStrangersAndSpendsNothing() async throws {
        try await withClient { redis, server in
            let store = KeyStore(redis: redis)
            let issued = try await store.create(
                KeyRequest(name: "k", level: .readOnly, rateLimit: RateLimit("1/3600")))
            let gate = try await gate(redis)
            var random = SystemRandomNumberGenerator()
            let stranger = APIKey(tenant: "default", using: &random)
            #expect(await refusal { try await gate.screen(bearer: stranger.text) } == .unauthenticated(.invalid))
            #expect(await refusal { try await gate.screen(bearer: "x") } == .unauthenticated(.malformed))
            for _ in 0..<3 { try await gate.screen(bearer: issued.key.text) }
            _ = try await gate.admit(bearer: issued.key.text, effect: .read)
            // Not asked again within the minute; the request itself is.
            try await store.revoke(issued.key.id)
            try await gate.screen(bearer: issued.key.text)
            #expect(
                await refusal { try await gate.admit(bearer: issued.key.text, effect: .read) }
                    == .unauthenticated(.keyRevoked))
            #expect(await refusal { try await gate.screen(bearer: issued.key.text) } == .unauthenticated(.keyRevoked))
        }
    }

    @Test func exactlyTheQuotaFromFourFrontDoors() async throws {
        try await withRedis { server in
            let first = try client(server)
            let key = try await KeyStore(redis: first).create(KeyRequest(name: "k", level: .readOnly)).key
            let policy = try policy("50/86400")
            var clients = [first]
            for _ in 0..<3 { clients.append(try client(server)) }
            let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
                for redis in clients {
                    let gate = try await gate(redis, policy: policy)
                    for _ in 0..<50 {
                        group.addTask {
                            do throws(Refusal) {
                                _ = try await gate.admit(bearer: key.text, effect: .read)
                                return 1
                            } catch {
                                guard case .rateLimited = error else { throw error }
                                return 0
                            }
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(admitted == 50)
            for redis in clients { await redis.close() }
        }
    }

    @Test func refusalSpendsNothingAndSaysWhen() async throws {
        try await withClient { redis, _ in
            let key = try await KeyStore(redis: redis).create(KeyRequest(name: "k", level: .admin)).key
            let gate = try await gate(redis, policy: try policy("4/3600", destructive: 0.25))
            _ = try await gate.admit(bearer: key.text, effect: .destructive)
            for _ in 0..<10 {
                let refusal = try await limited { try await gate.admit(bearer: key.text, effect: .destructive) }
                #expect(refusal.policy == "destructive")
                #expect(refusal.retryAfter > .seconds(3590) && refusal.retryAfter <= .seconds(3600))
                #expect(refusal.limits.map(\.remaining) == [3, 39, 0])
            }
            for _ in 0..<3 { _ = try await gate.admit(bearer: key.text, effect: .read) }
            #expect(try await limited { try await gate.admit(bearer: key.text, effect: .read) }.policy == "key")
        }
    }

    @Test func tenantsShareTheirLimitAndNobodyElses() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis, policy: try policy("3/3600", tenant: 1.4))
            let one = try await store.create(KeyRequest(name: "1", level: .readOnly, tenant: "acme")).key
            let two = try await store.create(KeyRequest(name: "2", level: .readOnly, tenant: "acme")).key
            let other = try await store.create(KeyRequest(name: "3", level: .readOnly, tenant: "other")).key
            for key in [one, one, two, two] { _ = try await gate.admit(bearer: key.text, effect: .read) }
            #expect(try await limited { try await gate.admit(bearer: two.text, effect: .read) }.policy == "tenant")
            _ = try await gate.admit(bearer: other.text, effect: .read)
        }
    }

    @Test func unknownKeyAndWrongSecretLookAlike() async throws {
        try await withClient { redis, _ in
            var random = SeededGenerator(seed: 5)
            let key = try await KeyStore(redis: redis).create(
                KeyRequest(name: "k", level: .admin, rateLimit: RateLimit("2/3600"))
            ).key
            let gate = try await gate(redis)
            let wrong = APIKey(environment: "live", id: key.id, using: &random)
            let unknown = APIKey(tenant: "default", using: &random)
            for text in [wrong.text, unknown.text] {
                for _ in 0..<5 {
                    #expect(
                        await refusal { try await gate.admit(bearer: text, effect: .read) }
                            == .unauthenticated(.invalid))
                }
            }
            // Guessing does not use up the owner's limit.
            #expect(try await gate.admit(bearer: key.text, effect: .read).limits[0].remaining == 1)
        }
    }

    @Test func badTexts() async throws {
        try await withClient { redis, server in
            let gate = try await gate(redis)
            server.kill()
            for text in ["dmcp_live_x", "Bearer x", "x", "a.b.c", "dmcp_"] {
                let refusal = await refusal { try await gate.admit(bearer: text, effect: .read) }
                guard case .unauthenticated(let reason) = refusal else { return #expect(Bool(false), "\(text)") }
                #expect([.malformed, .invalid].contains(reason))
            }
            #expect(await refusal { try await gate.authenticate(bearer: "") } == .unauthenticated(.missing))
        }
    }

    @Test func revocationCountsForTheNextCall() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            var random = SystemRandomNumberGenerator()
            let key = try await store.create(KeyRequest(name: "k", level: .admin)).key
            let token = try await gate.exchange(key: key.text, using: &random)
            _ = try await gate.admit(bearer: key.text, effect: .write)
            _ = try await gate.admit(bearer: token.text, effect: .write)
            try await store.revoke(key.id)
            for bearer in [key.text, token.text] {
                #expect(
                    await refusal { try await gate.admit(bearer: bearer, effect: .write) }
                        == .unauthenticated(.keyRevoked))
                #expect(await refusal { try await gate.authenticate(bearer: bearer) } == .unauthenticated(.keyRevoked))
            }
            #expect(
                await refusal { try await gate.exchange(key: key.text, using: &random) }
                    == .unauthenticated(.keyRevoked))
        }
    }

    @Test func expiredAndDisabled() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            let expired = try await store.create(
                KeyRequest(name: "k", level: .admin, expiresAt: WallClock.unixMilliseconds))
            #expect(
                await refusal { try await gate.admit(bearer: expired.key.text, effect: .read) }
                    == .unauthenticated(.keyExpired))
            let later = WallClock.unixMilliseconds + 60_000
            let key = try await store.create(KeyRequest(name: "k", level: .admin, expiresAt: later)).key
            #expect(try await gate.admit(bearer: key.text, effect: .read).grant.expiresAt == later)
            try await store.setDisabled(true, key.id)
            #expect(
                await refusal { try await gate.admit(bearer: key.text, effect: .read) }
                    == .unauthenticated(.keyDisabled))
        }
    }

    @Test func rotationOverlaps() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            let first = try await store.create(KeyRequest(name: "k", level: .admin)).key
            let second = try await store.rotate(first.id, overlap: .seconds(60)).key
            #expect(second.id == first.id)
            for key in [first, second] { _ = try await gate.admit(bearer: key.text, effect: .read) }
            let third = try await store.rotate(first.id, overlap: .seconds(60)).key
            #expect(
                await refusal { try await gate.admit(bearer: first.text, effect: .read) } == .unauthenticated(.invalid))
            for key in [second, third] { _ = try await gate.admit(bearer: key.text, effect: .read) }
            let fourth = try await store.rotate(first.id, overlap: .zero).key
            #expect(
                await refusal { try await gate.admit(bearer: third.text, effect: .read) } == .unauthenticated(.invalid))
            _ = try await gate.admit(bearer: fourth.text, effect: .read)
        }
    }

    @Test func tokensEndWithTheirSecret() async throws {
        try await withClient { redis, server in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            var random = SystemRandomNumberGenerator()
            let first = try await store.create(KeyRequest(name: "k", level: .admin)).key
            let old = try await gate.exchange(key: first.text, using: &random).text
            let second = try await store.rotate(first.id, overlap: .seconds(60)).key
            // Both secrets work, and so do the tokens of both; one of the former is not young again.
            let late = try await gate.exchange(key: first.text, using: &random).text
            let new = try await gate.exchange(key: second.text, using: &random).text
            for token in [old, late, new] { #expect(try await gate.authenticate(bearer: token).keyID == first.id) }
            try server.command("HSET", KeyNames.record(first.id), "old_secret_until", "1")
            for token in [old, late] {
                #expect(await refusal { try await gate.authenticate(bearer: token) } == .unauthenticated(.invalid))
            }
            _ = try await gate.authenticate(bearer: new)
            _ = try await store.rotate(first.id, overlap: .zero)
            for token in [old, late, new] {
                #expect(await refusal { try await gate.authenticate(bearer: token) } == .unauthenticated(.invalid))
            }
        }
    }

    @Test func aSecondRotationEndsTokensOfTheOneBefore() async throws {
        try await withClient { redis, _ in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            var random = SystemRandomNumberGenerator()
            let first = try await store.create(KeyRequest(name: "k", level: .admin)).key
            let token = try await gate.exchange(key: first.text, using: &random).text
            for _ in 0..<2 { _ = try await store.rotate(first.id, overlap: .seconds(60)) }
            #expect(await refusal { try await gate.authenticate(bearer: token) } == .unauthenticated(.invalid))
        }
    }

    @Test func overlapEnds() async throws {
        try await withClient { redis, _ in
            // The store's clock is an hour behind Redis', so the overlap is over when Redis looks.
            let store = KeyStore(redis: redis, now: { WallClock.unixMilliseconds - 3_600_000 })
            let first = try await store.create(KeyRequest(name: "k", level: .admin)).key
            let second = try await store.rotate(first.id, overlap: .seconds(1800)).key
            let gate = try await gate(redis)
            #expect(
                await refusal { try await gate.admit(bearer: first.text, effect: .read) } == .unauthenticated(.invalid))
            _ = try await gate.admit(bearer: second.text, effect: .read)
        }
    }

    @Test func tokenNeverGivesMoreThanItWasIssuedFor() async throws {
        try await withClient { redis, server in
            let store = KeyStore(redis: redis)
            let gate = try await gate(redis)
            var random = SystemRandomNumberGenerator()
            let key = try await store.create(KeyRequest(name: "k", level: .readWrite)).key
            let token = try await gate.exchange(key: key.text, using: &random)
            #expect(try await gate.authenticate(bearer: token.text).level == .readWrite)
            try server.command("HSET", KeyNames.record(key.id), "level", "admin")
            #expect(try await gate.authenticate(bearer: token.text).level == .readWrite)
            try server.command("HSET", KeyNames.record(key.id), "level", "read_only")
            #expect(try await gate.authenticate(bearer: token.text).level == .readOnly)
            try server.command("HSET", KeyNames.record(key.id), "tenant", "other")
            #expect(await refusal { try await gate.authenticate(bearer: token.text) } == .unauthenticated(.invalid))
            #expect(
                await refusal { try await gate.exchange(key: token.text, using: &random) }
                    == .unauthenticated(.malformed))
        }
    }

    @Test func arrivalTooFarAheadIsPulledBack() async throws {
        try await withClient { redis, server in
            let key = try await KeyStore(redis: redis).create(
                KeyRequest(name: "k", level: .readOnly, rateLimit: RateLimit("60/60"))
            ).key
            let gate = try await gate(redis)
            // A day ahead, as after a step back of the clock.
            let ahead = (WallClock.unixMilliseconds + 86_400_000) * 1000
            try server.command("SET", KeyNames.keyLimit(key.id), String(ahead))
            let refusal = try await limited { try await gate.admit(bearer: key.text, effect: .read) }
            #expect(refusal.retryAfter <= .seconds(1))
        }
    }

    // MARK: - Redis away

    private func outage(
        _ redis: RedisClient, uptime: VirtualTime, wallClock: VirtualTime, policy: RateLimitPolicy
    ) async throws -> FrontDoorGate {
        FrontDoorGate(
            redis: redis, tokens: try await issuer(), policy: policy, outageShare: 0.5, logger: silent,
            uptime: { .seconds(uptime.now) }, wallClock: { Int64(wallClock.now) })
    }

    @Test func withoutRedisOnlyKnownReadersGoOnForAMinute() async throws {
        try await withClient { redis, server in
            let uptime = VirtualTime(1000)
            let gate = try await outage(
                redis, uptime: uptime, wallClock: VirtualTime(0), policy: try policy("20/3600"))
            let store = KeyStore(redis: redis)
            let known = try await store.create(KeyRequest(name: "known", level: .admin)).key
            let stranger = try await store.create(KeyRequest(name: "stranger", level: .admin)).key
            _ = try await gate.admit(bearer: known.text, effect: .read)
            server.kill()

            #expect(await refusal { try await gate.admit(bearer: stranger.text, effect: .read) } == .unavailable)
            #expect(await refusal { try await gate.admit(bearer: known.text, effect: .write) } == .unavailable)
            #expect(await refusal { try await gate.admit(bearer: known.text, effect: .destructive) } == .unavailable)
            for _ in 0..<10 {
                let admission = try await gate.admit(bearer: known.text, effect: .read)
                #expect(admission.isDegraded && admission.limits.isEmpty)
            }
            #expect(try await limited { try await gate.admit(bearer: known.text, effect: .read) }.policy == "key")
            #expect(try await gate.authenticate(bearer: known.text).keyID == known.id)
            uptime.advance(60)
            #expect(await refusal { try await gate.authenticate(bearer: known.text) } == .unavailable)

            try await server.start()
            await untilAnswered(redis)
            #expect(try await !gate.admit(bearer: known.text, effect: .write).isDegraded)
        }
    }

    @Test func withoutRedisExpiryStillCounts() async throws {
        try await withClient { redis, server in
            let wallClock = VirtualTime(Int(WallClock.unixMilliseconds))
            let gate = try await outage(
                redis, uptime: VirtualTime(0), wallClock: wallClock, policy: RateLimitPolicy())
            let expiresAt = WallClock.unixMilliseconds + 600_000
            let key = try await KeyStore(redis: redis).create(
                KeyRequest(name: "k", level: .admin, expiresAt: expiresAt)
            ).key
            _ = try await gate.admit(bearer: key.text, effect: .read)
            server.kill()
            _ = try await gate.admit(bearer: key.text, effect: .read)
            wallClock.advance(600_001)
            #expect(
                await refusal { try await gate.admit(bearer: key.text, effect: .read) } == .unauthenticated(.keyExpired)
            )
        }
    }

    @Test func refusedKeysDoNotReadOnWithoutRedis() async throws {
        try await withClient { redis, server in
            let gate = try await gate(redis)
            let store = KeyStore(redis: redis)
            let key = try await store.create(KeyRequest(name: "k", level: .admin)).key
            _ = try await gate.admit(bearer: key.text, effect: .read)
            try await store.revoke(key.id)
            _ = await refusal { try await gate.admit(bearer: key.text, effect: .read) }
            server.kill()
            #expect(await refusal { try await gate.admit(bearer: key.text, effect: .read) } == .unavailable)
        }
    }
}
