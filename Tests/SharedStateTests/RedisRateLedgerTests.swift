import Contracts
import TestSupport
import Testing

@testable import SharedState

/// Stands for the ledger of the time without Redis.
private actor CountingLedger: RateLedger {
    private(set) var reports: [UInt64] = []

    func reserve(_ route: RateRoute) -> RateDecision { .proceed(lease: 5) }

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

    private func proceed(_ ledger: RedisRateLedger, _ route: RateRoute) async throws -> UInt64 {
        guard case .proceed(let lease) = await ledger.reserve(route) else { throw RedisError.timeout }
        return lease
    }

    private func wait(_ ledger: RedisRateLedger, _ route: RateRoute) async -> Duration? {
        if case .wait(let duration) = await ledger.reserve(route) { duration } else { nil }
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
            for _ in 0..<4 { _ = try await proceed(ledger, post) }
            #expect(await wait(ledger, post) != nil)
            time.advance(4_999_000)
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
            time.advance(30_000_001)
            _ = try await proceed(ledger, post)
        }
    }

    @Test func globalLimitIsFiftyInItsSafeWindow() async throws {
        try await withClient { redis, _ in
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            for channel in 0..<50 {
                _ = try await proceed(ledger, RateRoute(template: "T", majorParameter: "\(channel)"))
                time.advance(1000)
            }
            let next = RateRoute(template: "T", majorParameter: "50")
            #expect(await wait(ledger, next) == .microseconds(1_050_000))
            _ = try await proceed(ledger, RateRoute(template: "I", majorParameter: "50", countsGlobally: false))
            time.advance(1_049_999)
            #expect(await wait(ledger, next) != nil)
            time.advance(1)
            _ = try await proceed(ledger, next)
            // The refusals above reserved nothing of the bucket.
            #expect(await wait(ledger, next) != nil)
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
            #expect(await wait(ledger, post) == .microseconds(3_001_000))
            time.advance(3_001_000)
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
            #expect(await fallback.reports == [5])
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

    // MARK: - Against a strict Discord

    private enum Event {
        case attempt(worker: Int)
        case arrival(RateRoute, lease: UInt64, worker: Int)
        case answer(RateRoute, lease: UInt64, RateReport?, worker: Int)
    }

    /// Workers that never rest, latencies that change the order of requests and answers, lost answers, two processes.
    @Test(arguments: UInt64(1)...8)
    func neverOneTooMany(seed: UInt64) async throws {
        try await withClient { redis, _ in
            var random = SeededGenerator(seed: seed)
            var discord = StrictDiscord(buckets: [
                "POST m": .init(hash: "aaa", limit: 5, period: 5_000_000),
                "GET m": .init(hash: "bbb", limit: 10, period: 2_000_000),
                "DELETE m": .init(hash: "ccc", limit: 3, period: 1_000_000),
                "PATCH m": .init(hash: "aaa", limit: 5, period: 5_000_000),
            ])
            let templates = ["POST m", "GET m", "DELETE m", "PATCH m", "GET free"]
            let time = VirtualTime(Self.start)
            let ledger = ledger(redis, time)
            // Routes that share a bucket can only be known to after one answer of each.
            for template in templates {
                let route = RateRoute(template: template, majorParameter: "0")
                let lease = try await proceed(ledger, route)
                await ledger.report(route, lease: lease, discord.handle(route, now: time.now))
                time.advance(10_000_000)
            }
            let end = time.now + 20_000_000
            var queue: [(at: Int, order: Int, event: Event)] = []
            var order = 0
            var learnt: Set<RateRoute> = []
            func push(_ at: Int, _ event: Event) {
                order += 1
                let index = queue.firstIndex { $0.at > at } ?? queue.endIndex
                queue.insert((at, order, event), at: index)
            }
            for worker in 0..<16 { push(time.now, .attempt(worker: worker)) }
            while !queue.isEmpty {
                let (at, _, event) = queue.removeFirst()
                time.set(at)
                switch event {
                case .attempt(let worker):
                    guard at < end else { continue }
                    let route = RateRoute(
                        template: templates[Int.random(in: 0..<templates.count, using: &random)],
                        majorParameter: "\(Int.random(in: 0..<2, using: &random))")
                    switch await ledger.reserve(route) {
                    case .proceed(let lease):
                        let latency = Int.random(in: 1_000...90_000, using: &random)
                        push(at + latency, .arrival(route, lease: lease, worker: worker))
                    case .wait(let duration):
                        let microseconds = Int(duration / .microseconds(1))
                        push(at + min(microseconds, 200_000), .attempt(worker: worker))
                    }
                case .arrival(let route, let lease, let worker):
                    let report = discord.handle(route, now: at)
                    let lost = Int.random(in: 0..<500, using: &random) == 0
                    // Counted by Discord, answered by a proxy that knows no limits. What nobody ever told cannot be
                    // kept.
                    let bare = learnt.contains(route) && Int.random(in: 0..<10, using: &random) == 0
                    let slow = Int.random(in: 0..<10, using: &random) == 0
                    let latency = Int.random(in: 1_000...(slow ? 3_000_000 : 90_000), using: &random)
                    push(
                        at + latency,
                        .answer(
                            route, lease: lease, lost ? nil : bare ? RateReport(status: 502) : report, worker: worker))
                case .answer(let route, let lease, let report, let worker):
                    await ledger.report(route, lease: lease, report)
                    if report?.bucket != nil { learnt.insert(route) }
                    push(at, .attempt(worker: worker))
                }
            }
            #expect(discord.breaches.isEmpty, "seed \(seed)")
            // Not by standing still: two channels allow about 18 requests a second beside the free route.
            #expect(discord.served > 200, "seed \(seed): \(discord.served)")
        }
    }
}
