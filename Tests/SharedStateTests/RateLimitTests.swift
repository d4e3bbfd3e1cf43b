import Contracts
import TestSupport
import Testing

@testable import SharedState

@Suite struct RateLimitTests {
    @Test func text() {
        #expect(RateLimit("100/60") == RateLimit(quota: 100, window: 60))
        #expect(RateLimit("100/60s") == RateLimit(quota: 100, window: 60))
        #expect(RateLimit("5/2m") == RateLimit(quota: 5, window: 120))
        #expect(RateLimit("5/h") == RateLimit(quota: 5, window: 3600))
        for bad in [
            "", "5", "0/60", "5/0", "-5/60", "5/60/7", "x/60", "5/x", "5/400d", "5/9223372036854775807d",
            "9999999999/1",
        ] {
            #expect(RateLimit(bad) == nil, "\(bad)")
        }
        #expect(RateLimit("7/60").map { "\($0)" } == "7/60")
    }

    @Test func headers() throws {
        let states = [
            RateLimitState(policy: "key", limit: .standard, remaining: 42, reset: .milliseconds(11_001)),
            RateLimitState(
                policy: "write", limit: try #require(RateLimit("20/60")), remaining: 0, reset: .seconds(60)),
        ]
        #expect(RateLimitHeaders.policy(states) == #""key";q=100;w=60, "write";q=20;w=60"#)
        #expect(RateLimitHeaders.limit(states) == #""key";r=42;t=12, "write";r=0;t=60"#)
        #expect(RateLimitHeaders.retryAfter(.milliseconds(1)) == "1")
        #expect(RateLimitHeaders.retryAfter(.seconds(3)) == "3")
        #expect(RateLimitHeaders.retryAfter(.milliseconds(3_001)) == "4")
    }

    @Test func localLimiterNeverPassesMoreThanItsBurstAndRate() throws {
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            let limit = try #require(
                RateLimit(quota: .random(in: 1...50, using: &random), window: .random(in: 1...10, using: &random)))
            var gcra = GCRA()
            var now = Duration.zero
            var passed: [Duration] = []
            for _ in 0..<500 {
                now += .milliseconds(Int.random(in: 0...200, using: &random))
                if let wait = gcra.spend(limit, now: now) {
                    var later = gcra
                    #expect(later.spend(limit, now: now + wait) == nil, "seed \(seed): the wait is enough")
                } else {
                    passed.append(now)
                }
            }
            for start in passed {
                let count = passed.count { $0 >= start && $0 < start + .seconds(limit.window) }
                #expect(count <= 2 * limit.quota, "seed \(seed)")
            }
            let ideal = limit.quota + Int(now / .seconds(limit.window) * Double(limit.quota))
            #expect(passed.count <= ideal + 1, "seed \(seed)")
        }
    }

    @Test func cacheForgetsAfterAMinuteAndIsBounded() {
        var cache = PrincipalCache(capacity: 2)
        let grant = AccessGrant(keyID: "abcdefghij", tenant: "t", name: "k", level: .readOnly)
        cache.store([1], grant, now: .seconds(0))
        cache.store([2], grant, now: .seconds(30))
        cache.store([3], grant, now: .seconds(30))
        #expect(cache.grant([3], now: .seconds(30)) == nil)
        #expect(cache.grant([1], now: .seconds(59)) == grant)
        #expect(cache.grant([1], now: .seconds(60)) == nil)
        cache.store([3], grant, now: .seconds(61))
        #expect(cache.grant([3], now: .seconds(61)) == grant)
        cache.remove([3])
        #expect(cache.grant([3], now: .seconds(61)) == nil)
    }
}
