import Contracts
import TestSupport
import Testing

@testable import SharedState

/// Stands for the ledger of the time without Redis.
private actor CountingLedger: RateLedger {
    private(set) var reports: [UInt64] = []

    func reserve(_ turn: RateTurn) -> RateDecision { .proceed(lease: 5) }

    func renew(_ route: RateRoute, lease: UInt64) {}

    func report(_ route: RateRoute, lease: UInt64, _ report: RateReport?) { reports.append(lease) }
}

@Suite(.timeLimit(.minutes(1))) struct RedisRateLedgerTests {
    private static let start = 1_800_000_000_000_000
    private let post = RateRoute(template: "POST /channels/{channel_id}/messages", majorParameter: "1")

    private func ledger(
        _ redis: RedisClient, _ time: VirtualTime, fallback: any RateLedger = CountingLedger()
    ) -> RedisRateLedger {
        RedisRateLedger(redis: redis, bot: "7", fallback: fallback, logger: silent, clock: { time.now })
    }

    private func turn(_ route: RateRoute) -> RateTurn {
        RateTurn(route, lane: .read, ticket: .random(in: 0 ... .max), patience: .zero)
    }

    private func proceed(_ ledger: RedisRateLedger, _ route: RateRoute) async throws -> UInt64 {
        guard case .proceed(let lease) = await ledger.reserve(turn(route)) else { throw RedisError.timeout }
        return lease
    }

    private func wait(_ ledger: RedisRateLedger, _ route: RateRoute) async -> Duration? {
        if case .wait(let duration) = await ledger.reserve(turn(route)) { duration } else { nil }
    }

    private func learn(_ ledger: RedisRateLedger, _ route: RateRoute, limit: Int, remaining: Int) async throws {
        let lease = try await proceed(ledger, route)
        await ledger.report(
            route, lease: lease,
            RateReport(status: 200, bucket: "abc", limit: limit, remaining: remaining, resetAfter: .seconds(5)))
    }

    @Test func unknownBucketHasOneInFlight() async throws {
        try await withClient { redis, _ in
            let ledger = ledger(redis, VirtualTime(Self.start))
            let lease = try await proceed(ledger, post)
            #expect(await wait(ledger, post) != nil)
            // Another channel is another bucket.
            _ = try await proceed(ledger, RateRoute(template: post.template, majorParameter: "2"))
            await ledger.report(post, lease: lease, RateReport(status: 200))
            _ = try await proceed(ledger, post)
        }
    }

    @Test func knownBucketIsUsedToItsEndAndNotFurther() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            try await learn(ledger, post, limit: 5, remaining: 4)
            var leases: [UInt64] = []
            for _ in 0..<4 { leases.append(try await proceed(ledger, post)) }
            #expect(await wait(ledger, post) != nil)
            time.advance(2_500_000)
            for lease in leases { await ledger.renew(post, lease: lease) }
            time.advance(2_499_000)
            #expect(await wait(ledger, post) != nil)
            // The window is over, but four are still on their way and may count in the next.
            time.advance(10_000)
            _ = try await proceed(ledger, post)
            #expect(await wait(ledger, post) != nil)
        }
    }

    @Test func waitTellsWhenTheWindowEnds() async throws {
        try await withClient { redis, _ in
            let ledger = ledger(redis, VirtualTime(Self.start))
            try await learn(ledger, post, limit: 1, remaining: 0)
            #expect(await wait(ledger, post) == .microseconds(5_001_000))
        }
    }

    @Test func answersOutOfOrderPromiseNoMoreThanTheLowest() async throws {
        try await withClient { redis, _ in
            let ledger = ledger(redis, VirtualTime(Self.start))
            try await learn(ledger, post, limit: 5, remaining: 4)
            let first = try await proceed(ledger, post)
            let second = try await proceed(ledger, post)
            for (lease, remaining) in [(second, 2), (first, 3)] {
                await ledger.report(
                    post, lease: lease,
                    RateReport(status: 200, bucket: "abc", limit: 5, remaining: remaining, resetAfter: .seconds(4)))
            }
            _ = try await proceed(ledger, post)
            _ = try await proceed(ledger, post)
            #expect(await wait(ledger, post) != nil)
        }
    }

    @Test func crashedSenderBlocksNobodyForEver() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            let lease = try await proceed(ledger, post)
            await ledger.report(post, lease: lease, nil)
            #expect(await wait(ledger, post) != nil)
            time.advance(3_000_001)
            _ = try await proceed(ledger, post)
        }
    }

    @Test func aSlotIsHeldOneSecondAfterItsRequestArrived() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            // Discord's clock is an hour ahead, and the way takes 20 ms at least.
            let ahead = 3_600_000_000
            for channel in 0..<50 {
                let route = RateRoute(template: "T", majorParameter: "\(channel)")
                let lease = try await proceed(ledger, route)
                let way = channel == 0 ? 70_000 : 20_000
                var report = RateReport(status: 200)
                report.judgedAt = .microseconds(time.now + ahead + way)
                time.advance(1000)
                await ledger.report(route, lease: lease, report)
            }
            // The first request took 50 ms longer, so the second slot is the first to be free: 1 ms after the start.
            let next = RateRoute(template: "T", majorParameter: "50")
            #expect(await wait(ledger, next) == .microseconds(1_008_000 + 1000 - 50_000))
            let exempt = RateRoute(template: "I", majorParameter: "50", countsGlobally: false)
            _ = try await proceed(ledger, exempt)
            time.set(Self.start + 1_008_999)
            #expect(await wait(ledger, next) != nil)
            time.advance(1)
            _ = try await proceed(ledger, next)
            // The refusals above reserved nothing of the bucket.
            #expect(await wait(ledger, next) != nil)
        }
    }

    @Test func aRequestWithoutAnswerHoldsItsSlotOneSecondMore() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            for channel in 0..<50 {
                _ = try await proceed(ledger, RateRoute(template: "T", majorParameter: "\(channel)"))
            }
            let next = RateRoute(template: "T", majorParameter: "50")
            #expect(await wait(ledger, next) == .microseconds(1_008_000), "they may be answered by then")
            time.advance(2_007_999)
            #expect(await wait(ledger, next) == .microseconds(2000), "ask again soon")
            time.advance(1)
            _ = try await proceed(ledger, next)
        }
    }

    @Test func aRenewedLeaseStays() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            let lease = try await proceed(ledger, post)
            for _ in 0..<5 {
                time.advance(2_900_000)
                await ledger.renew(post, lease: lease)
                #expect(await wait(ledger, post) != nil)
            }
            time.advance(3_000_001)
            _ = try await proceed(ledger, post)
        }
    }

    @Test func tooManyRefusalsOfAllProcessesStopEverything() async throws {
        try await withClient { redis, server in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            let almost = (1..<InvalidRequestLimit.count).map { _ in String(Self.start) }
            _ = try await redis.send(RedisCommand(["RPUSH", "dmcp:{bot:7}:refusals"] + almost))
            let first = try await proceed(ledger, post)
            await ledger.report(
                post, lease: first, RateReport(status: 429, retryAfter: .milliseconds(1), scope: .shared))
            time.advance(10_000)
            let second = try await proceed(ledger, post)
            await ledger.report(post, lease: second, RateReport(status: 403))
            let other = RedisRateLedger(
                redis: redis, bot: "7", fallback: CountingLedger(), logger: silent, clock: { time.now })
            #expect(await other.reserve(turn(post)) == .refuse(.microseconds(600_000_000 - 10_000)))
            time.advance(600_000_000 - 10_000)
            _ = try await proceed(ledger, post)
        }
    }

    @Test func scopesOf429() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            let other = RateRoute(template: "GET /users/@me", majorParameter: "")
            let shared = try await proceed(ledger, post)
            await ledger.report(
                post, lease: shared, RateReport(status: 429, retryAfter: .seconds(2), scope: .shared))
            #expect(await wait(ledger, post) == .microseconds(2_001_000))
            let global = try await proceed(ledger, other)
            await ledger.report(other, lease: global, RateReport(status: 429, retryAfter: .seconds(3), scope: .global))
            #expect(await wait(ledger, other) == .microseconds(3_001_000))
            #expect(await wait(ledger, post) == .microseconds(2_001_000), "its bucket comes first")
            time.advance(2_001_000)
            #expect(await wait(ledger, post) == .microseconds(1_000_000))
            time.advance(1_000_000)
            _ = try await proceed(ledger, other)
            let user = try await proceed(ledger, post)
            await ledger.report(
                post, lease: user,
                RateReport(
                    status: 429, bucket: "abc", limit: 5, remaining: 0, resetAfter: .seconds(1),
                    retryAfter: .seconds(4),
                    scope: .user))
            #expect(await wait(ledger, post) == .microseconds(4_001_000))
        }
    }

    @Test func aStrangersRefusalDoesNotReplaceWhatIsKnown() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            try await learn(ledger, post, limit: 2, remaining: 1)
            let lease = try await proceed(ledger, post)
            await ledger.report(
                post, lease: lease,
                RateReport(
                    status: 429, bucket: "injected", limit: 50, remaining: 0, resetAfter: .milliseconds(10),
                    retryAfter: .milliseconds(10), scope: .user))
            time.advance(1_000_000)
            #expect(await wait(ledger, post) == .microseconds(4_001_000), "the known window goes on")
        }
    }

    @Test func aHigherLaneIsServedFirstOverAllProcesses() async throws {
        try await withRedis { server in
            let time = VirtualTime(Self.start)
            let clients = [try client(server), try client(server)]
            let processes = clients.map { ledger($0, time) }
            try await learn(processes[0], post, limit: 3, remaining: 0)
            var turns = RateLane.allCases.reversed().enumerated().map { index, lane in
                RateTurn(post, lane: lane, ticket: UInt64(index + 1))
            }
            for (index, turn) in turns.enumerated() {
                #expect(await processes[index % 2].reserve(turn) == .wait(.microseconds(5_001_000)))
                turns[index].waited = .microseconds(5_001_000)
            }
            time.advance(5_001_000)
            // The lowest lane asks first at the window's end, and the three places are not its.
            for (index, turn) in turns.enumerated() {
                let decision = await processes[(index + 1) % 2].reserve(turn)
                if case .proceed = decision {
                    #expect(turn.lane != .backfill)
                } else {
                    #expect(turn.lane == .backfill, "\(turn.lane)")
                }
            }
            for client in clients { await client.close() }
        }
    }

    @Test func theLowestLaneGetsItsTurnOfTheGlobalLimit() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            func route(_ number: Int) -> RateRoute { RateRoute(template: "T", majorParameter: "\(number)") }
            for number in 0..<50 { _ = try await proceed(ledger, route(number)) }
            var old = RateTurn(route(99), lane: .backfill, ticket: 1)
            #expect(await ledger.reserve(old) != .proceed(lease: 51))
            var served = 0
            // One slot becomes free at a time, and a fresh call of the highest lane always wants it.
            for number in 100..<140 {
                _ = try await redis.send(RedisCommand(["ZPOPMIN", "dmcp:{bot:7}:pending"]))
                time.advance(1000)
                let high = RateTurn(route(number), lane: .moderation, ticket: UInt64(number), patience: .zero)
                if case .proceed = await ledger.reserve(high) {
                    served += 1
                    continue
                }
                old.waited = .microseconds(time.now - Self.start)
                guard case .proceed = await ledger.reserve(old) else { continue }
                #expect(served == RateLane.patience)
                return
            }
            Issue.record("the lowest lane starves")
        }
    }

    @Test func twoProcessesShareOneLedger() async throws {
        try await withRedis { server in
            let time = VirtualTime(Self.start)
            let (one, two) = (try client(server), try client(server))
            let (left, right) = (ledger(one, time), ledger(two, time))
            try await learn(left, post, limit: 3, remaining: 2)
            _ = try await proceed(left, post)
            _ = try await proceed(right, post)
            #expect(await wait(left, post) != nil)
            #expect(await wait(right, post) != nil)
            await one.close()
            await two.close()
        }
    }

    @Test func goesOnWithoutRedisAndReportsToWhoeverGaveTheLease() async throws {
        try await withClient { redis, server in
            let fallback = CountingLedger()
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time, fallback: fallback)
            let real = try await proceed(ledger, post)
            server.kill()
            let local = try await proceed(ledger, post)
            #expect(local != real)
            await ledger.report(post, lease: local, RateReport(status: 200))
            await ledger.report(post, lease: real, RateReport(status: 200))
            // What Redis is told teaches the fallback, too, as the answer of no lease of its own.
            #expect(await fallback.reports == [5, 0])
        }
    }

    @Test func usesTheClockOfRedis() async throws {
        try await withClient { redis, _ in
            let ledger = RedisRateLedger(redis: redis, bot: "7", fallback: CountingLedger(), logger: silent)
            try await learn(ledger, post, limit: 1, remaining: 0)
            let left = try #require(await wait(ledger, post))
            #expect(left > .seconds(4) && left <= .milliseconds(5001))
        }
    }
}
